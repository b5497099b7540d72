package dev.coherence.samples.bookstore;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue and the rates as JSON. */
final class CatalogueJson {

    private CatalogueJson() {}

    static ArrayNode entries(List<CatalogueEntry> entries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> array.add(entry(entry)));
        return array;
    }

    static ObjectNode entry(CatalogueEntry entry) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("isbn", entry.isbn()).put("title", entry.title());
        if (entry.genre() != null) {
            json.put("genre", entry.genre());
        }
        json.put("price", plain(entry.price()));
        ForeignPrice foreign = entry.foreign();
        if (foreign != null) {
            json.put("currency", foreign.currency())
                    .put("rate", plain(foreign.rate()))
                    .put("converted", plain(foreign.price()));
        }
        return json.put("revision", entry.revision().toString());
    }

    static ObjectNode rate(Rate rate) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("currency", rate.currency())
                .put("rate", plain(rate.rate()));
    }

    /** Databases give numbers back with another scale than they got, up to {@code 1.2E+1} for 12. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
