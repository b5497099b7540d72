package dev.coherence.axon;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** What an annotated aggregate would store: the kind Book, with a subclass Paperback, and its events. */
@SuppressWarnings("unused") // the fields are read by serializers and by reflection
public final class TypedBook {

    public static final String KIND = "Book";
    public static final String SUBTYPE = "Paperback";

    private TypedBook() {}

    /** The names of streams where books are an annotated, polymorphic kind. */
    public static StreamNames names() {
        return new StreamNames(new AnnotatedKinds() {
            @Override
            public Set<String> kinds() {
                return Set.of(KIND);
            }

            @Override
            public String kindOf(String axonType) {
                return axonType.equals(SUBTYPE) ? KIND : axonType;
            }

            @Override
            public Set<String> typesOf(String kind) {
                return kind.equals(KIND) ? Set.of(KIND, SUBTYPE) : Set.of(kind);
            }

            @Override
            public Optional<String> identifierName(String kind) {
                return kind.equals(KIND) ? Optional.of("isbn") : Optional.empty();
            }
        });
    }

    /** An event as Axon would append it. */
    public static DomainEventMessage<?> event(String type, String isbn, long version, Object payload) {
        return event(type, isbn, version, payload, Map.of());
    }

    /** An event with metadata as Axon would append it. */
    public static DomainEventMessage<?> event(
            String type, String isbn, long version, Object payload, Map<String, ?> metaData) {
        return new GenericDomainEventMessage<>(type, isbn, version, payload, metaData);
    }

    @ActionEvent(reason = "revise")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    public static final class Revised {
        private final String isbn;
        private final String title;
        private final Integer price;

        @JsonCreator
        public Revised(
                @JsonProperty("isbn") String isbn,
                @JsonProperty("title") String title,
                @JsonProperty("price") Integer price) {
            this.isbn = isbn;
            this.title = title;
            this.price = price;
        }
    }

    @ActionEvent(reason = "encrypt")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    public static final class Encrypted {
        private final String isbn;

        @LinkedTo("key")
        private final ArrayList<String> keys;

        private final String notes;

        @JsonCreator
        public Encrypted(
                @JsonProperty("isbn") String isbn,
                @JsonProperty("keys") List<String> keys,
                @JsonProperty("notes") String notes) {
            this.isbn = isbn;
            this.keys = new ArrayList<>(keys);
            this.notes = notes;
        }
    }

    /** Has never heard of coherence. */
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    public static final class Shelved {
        private final String shelf;

        @JsonCreator
        public Shelved(@JsonProperty("shelf") String shelf) {
            this.shelf = shelf;
        }
    }
}
