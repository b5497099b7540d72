package dev.coherence.axon.guard;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.event.Patching;
import java.util.ArrayList;
import java.util.List;

/** Events of the suite's aggregates: plain classes, since XStream cannot read records. */
final class Events {

    private Events() {}

    @ActionEvent(reason = "revise")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class BookRevised {
        String isbn;
        String title;
        Long price;

        BookRevised() {}

        BookRevised(String isbn, String title, Long price) {
            this.isbn = isbn;
            this.title = title;
            this.price = price;
        }
    }

    @ActionEvent(reason = "payment")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class PaymentTaken {
        String isbn;

        @LinkedTo("key")
        String keyId;

        String cardNumber;

        PaymentTaken() {}

        PaymentTaken(String isbn, String keyId, String cardNumber) {
            this.isbn = isbn;
            this.keyId = keyId;
            this.cardNumber = cardNumber;
        }
    }

    @EffectEvent(reason = "key-expired")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class KeysExpired {
        String isbn;

        @Fires("key")
        ArrayList<String> keys;

        KeysExpired() {}

        KeysExpired(String isbn, List<String> keys) {
            this.isbn = isbn;
            this.keys = new ArrayList<>(keys);
        }
    }

    /** Has never heard of coherence: touches everything. */
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class BookShelved {
        String isbn;
        String shelf;

        BookShelved() {}

        BookShelved(String isbn, String shelf) {
            this.isbn = isbn;
            this.shelf = shelf;
        }
    }

    /** Says itself what it changes. */
    @ActionEvent(reason = "strip")
    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class PriceRemoved implements Patching {
        String isbn;

        PriceRemoved() {}

        PriceRemoved(String isbn) {
            this.isbn = isbn;
        }

        @Override
        public Patch patch() {
            return Patch.builder().dissoc("price").build();
        }
    }
}
