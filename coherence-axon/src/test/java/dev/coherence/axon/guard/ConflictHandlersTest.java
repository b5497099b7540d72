package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ResolutionLog;
import dev.coherence.axon.guard.Articles.Article;
import dev.coherence.axon.guard.Articles.Cached;
import dev.coherence.axon.guard.Articles.Expired;
import dev.coherence.axon.guard.Articles.Explode;
import dev.coherence.axon.guard.Articles.Gone;
import dev.coherence.axon.guard.Articles.Moved;
import dev.coherence.axon.guard.Articles.MovedFar;
import dev.coherence.axon.guard.Articles.Priced;
import dev.coherence.axon.guard.Articles.Titled;
import dev.coherence.axon.guard.Articles.Vague;
import dev.coherence.axon.guard.Articles.Write;
import dev.coherence.axon.guard.Articles.WriteCached;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Set;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Aggregates that decide about conflicts themselves, under the policy {@code strict}. */
class ConflictHandlersTest extends OnEveryStore {

    private final Cache cache = new WeakReferenceCache();

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Article.class)
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Cached.class).configureCache(config -> cache));
    }

    /** An article with an event that nobody has read who acts on the returned base. */
    private Revision article(String id, Object unseen) {
        send(new Write(id, null, new Titled(id, "first")));
        Revision base = current(id);
        send(new Write(id, null, unseen));
        return base;
    }

    private long number(String id, long version) {
        return number("Article", id, version);
    }

    @Nested
    class Accepting {

        @Test
        void lets_our_event_go_over_theirs_and_records_it() {
            String id = newId();
            Revision base = article(id, new Priced(id, 5));
            send(new Write(id, base, new Priced(id, 6)));

            assertThat(resolutions(id).accepted()).containsExactly(number(id, 1));
            assertThat(((Priced) last(id).getPayload()).price).isEqualTo(6);
        }

        @Test
        void of_one_of_several_leaves_the_others_in_conflict() {
            String id = newId();
            Revision base = article(id, new Priced(id, 5));
            send(new Write(id, null, new Titled(id, "second")));

            assertThat(conflictOf(() -> send(new Write(id, base, new Priced(id, 6))))
                            .unresolved())
                    .containsExactly(number(id, 2));
        }

        @Test
        void may_look_at_the_aggregate_as_it_is_after_our_event() {
            String id = newId();
            Revision base = article(id, new Priced(id, 5));
            send(new Write(id, base, new Priced(id, 6)));

            assertThat(calls.all()).contains("price 6 after 6 over 5");
        }

        @Test
        void of_an_effect_lets_our_event_go_over_it() {
            String id = newId();
            send(new Write(id, null, new Titled(id, "first")));
            Revision base = current(id);
            long effect = app.fire(Identity.of("Article", id));
            send(new Write(id, base, new Priced(id, 6)));

            assertThat(resolutions(id).accepted()).containsExactly(effect);
            assertThat(calls.all()).contains("effect fired");
        }

        @Test
        void of_an_effect_lets_a_new_aggregate_be_made() {
            String id = newId();
            Revision base = app.head();
            long effect = app.fire(Identity.of("Article", id));
            send(new Write(id, base, new Priced(id, 6)));

            assertThat(resolutions(id).accepted()).containsExactly(effect);
        }
    }

    @Nested
    class Rejecting {

        @Test
        void lets_the_conflict_stand() {
            String id = newId();
            Revision base = article(id, new Titled(id, "second"));

            assertThat(conflictOf(() -> send(new Write(id, base, new Titled(id, "third"))))
                            .unresolved())
                    .containsExactly(number(id, 1));
        }

        @Test
        void is_what_happens_where_no_handler_fits() {
            String id = newId();
            Revision base = article(id, new Gone(id));

            assertThat(conflictOf(() -> send(new Write(id, base, new Titled(id, "third"))))
                            .unresolved())
                    .containsExactly(number(id, 1));
            assertThat(calls.all()).allMatch(call -> call.toString().startsWith("moved by"));
        }
    }

    @Nested
    class Replacing {

        @Test
        void stores_the_other_event_in_the_place_of_ours() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, base, new Moved(id, 4)));

            assertThat(((Moved) last(id).getPayload()).by).isEqualTo(7);
            assertThat(last(id).getSequenceNumber()).isEqualTo(2);
            assertThat(resolutions(id).replaced()).containsExactly(number(id, 1));
            assertThat(WithoutRevisionTest.ours(last(id))).containsEntry("coherence-reason", "move");
        }

        @Test
        void sources_the_other_event_when_the_aggregate_is_loaded_again() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, base, new Moved(id, 4)));
            send(new Write(id, null, new Priced(id, 1)));

            assertThat(calls.all()).contains("moved by 10");
        }

        @Test
        void removes_the_aggregate_from_its_cache() {
            String id = newId();
            send(new WriteCached(id, null, new Titled(id, "first")));
            Revision base = current(id);
            send(new WriteCached(id, null, new Moved(id, 3)));
            Object entry = cache.get(id);
            assertThat(entry).isNotNull();
            send(new WriteCached(id, base, new Moved(id, 4)));
            assertThat(cache.<Object, Object>get(id)).isNull();

            send(new WriteCached(id, null, new Priced(id, 1)));
            assertThat(calls.all()).contains("moved by 10");
        }

        @Test
        void is_done_for_each_conflict_in_turn() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, null, new Moved(id, 4)));
            send(new Write(id, base, new Moved(id, 5)));

            assertThat(((Moved) last(id).getPayload()).by).isEqualTo(12);
            assertThat(resolutions(id).replaced()).containsExactly(number(id, 1), number(id, 2));
        }

        @Test
        void asks_again_about_what_was_accepted_for_the_event_before() {
            String id = newId();
            Revision base = article(id, new Priced(id, 5)); // accepted for a Gone, but not for a Titled
            send(new Write(id, null, new Titled(id, "second"))); // makes a Titled of a Gone

            assertThat(conflictOf(() -> send(new Write(id, base, new Gone(id)))).unresolved())
                    .containsExactly(number(id, 1));
        }

        @Test
        void links_what_the_other_event_links_to() {
            String id = newId();
            Revision base = article(id, new Expired(id, List.of()));
            send(new Write(id, base, new Titled(id, "linked")));

            assertThat(WithoutRevisionTest.ours(last(id)))
                    .containsEntry("coherence-triggers", Identity.of("key", id).toString());
            assertThat(app.store.index.linkedTriggers(Set.of(Identity.of("Article", id))))
                    .containsExactly(Identity.of("key", id));
        }

        @Test
        void fires_what_the_other_event_fires_and_not_what_ours_would_have_fired() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, base, new Expired(id, List.of("ours" + id))));

            assertThat(last(id).getPayload()).isInstanceOf(Expired.class);
            assertThat(effects(Identity.of("key", "ours" + id))).isEmpty();
            assertThat(effects(Identity.of("key", "other" + id))).hasSize(1);
        }
    }

    @Nested
    class The_most_specific_handler {

        @Test
        void is_called_by_the_type_of_ours_first() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, base, new MovedFar(id, 100)));

            assertThat(calls.all()).contains("far over Moved").doesNotContain("move over move");
        }

        @Test
        void is_called_by_the_type_of_theirs_then() {
            String id = newId();
            Revision base = article(id, new MovedFar(id, 3));
            send(new Write(id, base, new MovedFar(id, 100)));

            assertThat(calls.all()).contains("far over far").doesNotContain("far over Moved");
        }

        @Test
        void is_inherited() {
            String id = newId();
            send(new WriteCached(id, null, new Titled(id, "first")));
            Revision base = current(id);
            send(new WriteCached(id, null, new Priced(id, 5)));
            send(new WriteCached(id, base, new Priced(id, 6)));

            assertThat(resolutions(id).accepted()).containsExactly(number("Cached", id, 1));
        }
    }

    @Nested
    class A_handler_that_fails {

        @Test
        void by_returning_null_is_named() {
            String id = newId();
            Revision base = article(id, new Vague(id));

            assertThat(failureOf(IllegalStateException.class, () -> send(new Write(id, base, new Vague(id)))))
                    .hasMessageContaining("on(Vague, Vague) returned null")
                    .hasMessageContaining("return Resolution.reject()");
        }

        @Test
        void by_an_exception_takes_the_command_with_it() {
            String id = newId();
            Revision base = article(id, new Explode(id));

            assertThat(failureOf(UnsupportedOperationException.class, () -> send(new Write(id, base, new Explode(id)))))
                    .hasMessage("boom");
        }
    }

    @Nested
    class The_log_of_resolutions {

        @Test
        void tells_what_was_resolved_how_and_against_which_events() {
            String id = newId();
            Revision base = article(id, new Moved(id, 3));
            send(new Write(id, base, new Moved(id, 4)));
            send(new Write(id, null, new Priced(id, 5)));
            send(new Write(id, Revision.ofVersion(2), new Priced(id, 6)));

            assertThat(new ResolutionLog(app.events(), app.store.index).of(Identity.of("Article", id)))
                    .satisfiesExactly(
                            replaced -> {
                                assertThat(replaced.version()).isEqualTo(2);
                                assertThat(replaced.payloadType()).isEqualTo(Moved.class);
                                assertThat(replaced.resolutions().replaced()).containsExactly(number(id, 1));
                                assertThat(replaced.resolutions().accepted()).isEmpty();
                            },
                            accepted -> {
                                assertThat(accepted.sequenceNumber()).isEqualTo(number(id, 4));
                                assertThat(accepted.version()).isEqualTo(4);
                                assertThat(accepted.resolutions().accepted()).containsExactly(number(id, 3));
                            });
        }
    }
}
