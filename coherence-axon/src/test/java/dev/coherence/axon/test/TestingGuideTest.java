package dev.coherence.axon.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md. */
class TestingGuideTest {

    record RevisePayment(
            @TargetAggregateIdentifier String id,
            @TargetRevision Revision base,
            @ResolvedConflicts Set<Long> resolved,
            String payer,
            String note) {}

    record Encrypt(@TargetAggregateIdentifier String id, String keyId) {}

    record ExpireKey(@TargetAggregateIdentifier String id, String keyId) {}

    @ActionEvent(reason = "revise")
    record PaymentRevised(String id, String payer, String note) {}

    @ActionEvent(reason = "encrypt")
    record PaymentEncrypted(
            String id, @LinkedTo("encryption-key") String keyId) {}

    @EffectEvent(reason = "key-expired")
    record KeyExpired(@Fires("encryption-key") String keyId) {}

    static class Payment {
        @AggregateIdentifier
        String id;

        Payment() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(RevisePayment command) {
            apply(new PaymentRevised(command.id(), command.payer(), command.note()));
        }

        @CommandHandler
        void handle(Encrypt command) {
            apply(new PaymentEncrypted(id, command.keyId()));
        }

        @CommandHandler
        void handle(ExpireKey command) {
            apply(new KeyExpired(command.keyId()));
        }

        @EventSourcingHandler
        void on(PaymentRevised event) {
            id = event.id();
        }
    }

    static class NotedPayment extends Payment {
        NotedPayment() {}

        @ConflictHandler
        Resolution on(PaymentRevised ours, PaymentRevised theirs) {
            return ours.payer() == null ? Resolution.accept() : Resolution.reject();
        }
    }

    // In the guide, from here on.

    private static RevisePayment revise(Revision base, String payer, String note) {
        return new RevisePayment("1", base, Set.of(), payer, note);
    }

    @Test
    void a_change_that_the_sender_has_not_seen_is_a_conflict() {
        new CoherenceTestFixture<>(Payment.class)
                .given(new PaymentRevised("1", "Ann", "rent")) // version 0, number 1
                .andGiven(new PaymentRevised("1", "Bob", null)) // version 1, number 2
                .when(revise(Revision.of(0, 1), "Cid", null))
                .expectConflict()
                .onPath("payer")
                .with(2)
                .and()
                .expectNoEvents();
    }

    @Test
    void changes_at_different_paths_are_merged() {
        new CoherenceTestFixture<>(Payment.class)
                .withPolicy(ConflictPolicy.MERGE)
                .given(new PaymentRevised("1", "Ann", "rent"), new PaymentRevised("1", null, "rent for May"))
                .when(revise(Revision.of(0, 1), "Cid", null))
                .expectNoConflict()
                .expectMerged(2)
                .expectEvents(new PaymentRevised("1", "Cid", null));
    }

    @Test
    void an_effect_on_a_linked_trigger_is_a_conflict() {
        new CoherenceTestFixture<>(Payment.class)
                .given(new PaymentRevised("1", "Ann", "rent"), new PaymentEncrypted("1", "17"))
                .andGivenEffect("key-expired", Identity.of("encryption-key", "17")) // number 3
                .when(revise(Revision.of(1, 2), "Cid", null))
                .expectConflict()
                .with(3);
    }

    @Test
    void what_the_sender_lists_as_resolved_is_no_conflict() {
        new CoherenceTestFixture<>(Payment.class)
                .given(new PaymentRevised("1", "Ann", "rent"), new PaymentRevised("1", "Bob", null))
                .when(new RevisePayment("1", Revision.of(0, 1), Set.of(2L), "Cid", null))
                .expectNoConflict()
                .expectListed(2);
    }

    @Test
    void a_conflict_handler_decides() {
        new CoherenceTestFixture<>(NotedPayment.class)
                .given(new PaymentRevised("1", "Ann", "rent"), new PaymentRevised("1", null, "rent for May"))
                .when(revise(Revision.of(0, 1), null, "rent for June"))
                .expectAccepted(2);
    }

    @Test
    void a_command_without_annotations_has_its_base_in_metadata() {
        new CoherenceTestFixture<>(Payment.class)
                .givenCommands(revise(null, "Ann", "rent"), revise(null, "Bob", null))
                .whenBasedOn(Revision.of(0, 1), new Encrypt("1", "17"))
                .expectConflict()
                .with(2);
    }

    @Test
    void an_event_fires_a_trigger() {
        new CoherenceTestFixture<>(Payment.class)
                .withActor(Identity.of("user", "ann"))
                .given(new PaymentRevised("1", "Ann", "rent"))
                .when(new ExpireKey("1", "17"))
                .expectEvents(new KeyExpired("17"))
                .expectEffects(new Effect("key-expired", Identity.of("encryption-key", "17")));
    }

    @Test
    void axons_own_fixture_knows_no_conflicts() {
        new AggregateTestFixture<>(Payment.class)
                .given(new PaymentRevised("1", "Ann", "rent"), new PaymentRevised("1", "Bob", null))
                .when(revise(Revision.of(0, 1), "Cid", null))
                .expectEvents(new PaymentRevised("1", "Cid", null));
    }

    // In the guide, up to here.

    @Test
    void the_guide_has_this_code() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "testing.md"));
        String here = flat(Files.readString(Path.of("src/test/java/dev/coherence/axon/test/TestingGuideTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(3)
                .allSatisfy(block -> assertThat(here).contains(flat(block)));
    }

    /** As far as the formatter has no say. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }
}
