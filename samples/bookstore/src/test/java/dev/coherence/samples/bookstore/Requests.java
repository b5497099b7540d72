package dev.coherence.samples.bookstore;

/** Bodies of requests. In all of them a single quote stands for a double quote. */
final class Requests {

    private Requests() {}

    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** A whole request; {@code more} are further fields, each after a comma. */
    static String rebase(String base, String history, String more) {
        return json("{'base':'" + base + "','history':[" + history + "]" + more + "}");
    }

    static String rebase(String base, String history) {
        return rebase(base, history, "");
    }

    /** An action on a book; {@code assoc} is the inside of the object. */
    static String action(String book, String assoc) {
        return linkedAction(book, assoc, "");
    }

    static String linkedAction(String book, String assoc, String triggers) {
        return "{'action':{'reason':'update','actor':{'kind':'user','id':'alice'},'aggregate':{'kind':'book','id':'"
                + book + "'},'patch':{'assoc':{" + assoc + "}}},'triggers':[" + triggers + "]}";
    }

    static String key(String id) {
        return "{'kind':'encryption-key','id':'" + id + "'}";
    }

    static String keyExpired(String id) {
        return "{'effect':{'reason':'key-expired','trigger':" + key(id) + "}}";
    }
}
