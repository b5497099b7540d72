package dev.coherence.samples.bookstore;

import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client wants a book to be, or to become: what is null is to stay as it is.
 *
 * @param withoutGenre whether the genre is to be removed
 */
record BookChange(
        @Nullable String title,
        @Nullable BigDecimal price,
        @Nullable String genre,
        boolean withoutGenre) {

    private static final List<String> FIELDS = List.of("title", "price", "genre");

    /** Reads a whole book, of which only the genre may be missing. */
    static BookChange whole(JsonNode json) {
        return read(json, true);
    }

    /** Reads a JSON merge patch (RFC 7396): what is missing stays, what is null goes; only a genre can go. */
    static BookChange part(JsonNode json) {
        return read(json, false);
    }

    private static BookChange read(JsonNode json, boolean whole) {
        Findings findings = new Findings();
        Optional<BookChange> change = RequestPart.whole(json, findings).object(FIELDS, fields -> {
            Optional<String> title = optional(fields.field("title"), whole).flatMap(BookChange::text);
            Optional<BigDecimal> price = optional(fields.field("price"), whole).flatMap(BookChange::price);
            RequestPart genre = fields.field("genre");
            boolean without = whole ? !genre.isPresent() || genre.isNull() : genre.isNull();
            Optional<String> newGenre = genre.isPresent() && !genre.isNull() ? text(genre) : Optional.empty();
            return () -> new BookChange(title.orElse(null), price.orElse(null), newGenre.orElse(null), without);
        });
        findings.refuseIfAny();
        return change.orElseThrow();
    }

    private static Optional<RequestPart> optional(RequestPart field, boolean required) {
        return required || field.isPresent() ? Optional.of(field) : Optional.empty();
    }

    /** PostgreSQL has no way to store NUL in a text, and the catalogue would stop at an event with one. */
    private static Optional<String> text(RequestPart field) {
        Optional<String> text = field.text();
        if (text.isPresent() && text.get().indexOf('\0') >= 0) {
            field.isWrong("must not have the character U+0000");
        }
        return text;
    }

    private static Optional<BigDecimal> price(RequestPart field) {
        Optional<BigDecimal> price = field.decimal();
        if (price.isPresent() && price.get().signum() < 0) {
            field.isWrong("must be 0 or more");
        }
        return price;
    }

    boolean changesNothing() {
        return title == null && price == null && genre == null && !withoutGenre;
    }

    AddBook add(String isbn) {
        return new AddBook(isbn, required(title), required(price), genre);
    }

    ReviseBook revise(String isbn, Revision base, Set<Long> resolved) {
        return new ReviseBook(isbn, base, resolved, title, price, genre, withoutGenre);
    }

    private static <T> T required(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow(() -> new IllegalStateException("not a whole book"));
    }
}
