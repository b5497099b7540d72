package dev.coherence.axon.token;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * How far a segment of a processor has come, in two lanes: with <em>live</em> events, which is all that plain Axon keeps,
 * and with <em>replays</em> of aggregates after effects. As it is the token of the segment, claims, transactions, splits
 * and merges hold for replays as they do for events.
 *
 * <p>A message has a token twice. The source gives it one: {@link #event}, or {@link #marker} if it is the order to replay
 * an aggregate. The processor advances the token of the segment to it, and what the invoker gets with the message is the
 * result: the token of the segment after this message.
 *
 * <ol>
 *   <li>The token store hands over {@linkplain StoredTokens#lift lifted} tokens (rule A).
 *   <li>The processor opens the source at the {@link #lowerBound()}, which has both lanes.
 *   <li>The source emits events and markers; the processor {@linkplain #advancedTo advances} the token of the segment.
 *   <li>The invoker looks at {@linkplain #in the part of the segment} that handles the message (rule C), skips what this
 *       part has seen (rule B), and hands the rest to the handlers, with tokens of Axon's (rule E).
 *   <li>The token store writes a {@linkplain StoredTokens#store plain token} if nothing is pending, else this one.
 * </ol>
 *
 * <p>Two tokens of segments are equal if their lanes are. Tokens are immutable, and safe to be used by several threads.
 */
public final class LanesToken extends StoredLanes implements WrappedToken {

    private static final long serialVersionUID = 1L;

    private final transient Lane lane;
    private final transient Role role;
    private final transient @Nullable Step step;

    /** Whose token it is: that of a segment, or that of a message as the source emits it. */
    private enum Role {
        SEGMENT,
        EVENT,
        MARKER
    }

    private LanesToken(@Nullable TrackingToken live, Lane lane, Role role, @Nullable Step step) {
        super(live, lane);
        this.lane = lane;
        this.role = role;
        this.step = step;
    }

    /** The token of a segment with the given lanes; null has seen no event. */
    static LanesToken of(@Nullable TrackingToken live, Lane lane) {
        return new LanesToken(live, lane, Role.SEGMENT, null);
    }

    /**
     * The token that the source gives to an event.
     *
     * @param live Axon's token of the event, a raw one
     * @param lane which replays a segment has done that has handled all messages of the source so far
     */
    public static LanesToken event(TrackingToken live, Lane lane) {
        return new LanesToken(requireRaw(live), lane, Role.EVENT, null);
    }

    /**
     * The token that the source gives to a marker: the order to replay an aggregate, or the word that a window is done.
     *
     * @param live Axon's token of the last event before the marker, a raw one
     * @param lane which replays a segment has done that has handled all messages of the source, this one included
     */
    public static LanesToken marker(TrackingToken live, Lane lane) {
        return new LanesToken(requireRaw(live), lane, Role.MARKER, null);
    }

    private static TrackingToken requireRaw(TrackingToken live) {
        if (live instanceof WrappedToken) {
            throw new IllegalArgumentException("A source emits raw tokens of the event store, and not " + live + ".");
        }
        return Objects.requireNonNull(live, "live");
    }

    @JsonCreator
    private static LanesToken read(
            @JsonProperty("version") int version,
            @JsonProperty("live") @Nullable TrackingToken live,
            @JsonProperty("done") @Nullable TrackingToken done,
            @JsonProperty("window") @Nullable TrackingToken window,
            @JsonProperty("cursor") long cursor) {
        requireKnown(version);
        return of(live, new Lane(done, window, cursor));
    }

    /** For serializers that fill in fields: XStream, and Java's own. */
    private Object readResolve() {
        return read(version, live, done, window, cursor);
    }

    /** The live lane, as plain Axon would have it: raw, a replay, or a merge; null if no event has been seen. */
    public @Nullable TrackingToken live() {
        return live;
    }

    /** The lane of replays. */
    public Lane lane() {
        return lane;
    }

    /** Whether the source gave this token to a marker. */
    boolean isMarker() {
        return role == Role.MARKER;
    }

    /**
     * Whether the live lane says it all: no window is open, and all effects are done that all parts of the segment have seen.
     * A segment that has done later ones, as it has started over before all events, is not idle until its live lane has come
     * so far: a plain token would forget what it has done. Gaps on the way are forgotten; if one is ever filled by an effect,
     * that is replayed once too often.
     */
    public boolean isIdle() {
        TrackingToken lowest = LiveLane.lowest(live);
        return window == null
                && Positions.covers(done, lowest)
                && (done == null
                        || (lowest != null
                                && done.position().orElse(0)
                                        <= lowest.position().orElse(0)));
    }

    /**
     * This token after a message of the source.
     *
     * <p><b>Rule B: everything rests on this.</b> Axon's pooled processor decides whether a segment needs a message by the
     * token of the last message that it <em>delivered</em> to it, which is the source's. That token may be behind the
     * segment, because another segment made the source start further back, or because of a merge or a split; and it may
     * fall back, after a marker, or when a gap fills. Then events are offered again that the segment has handled. This
     * method, however, runs on the true state of the segment: in both processors, once for each message, in order. So the
     * result remembers, until it is stored, the state before and the token of the message. {@link #in} answers from these
     * two whether the message is a repetition, and the invoker skips it if so.
     *
     * <ol>
     *   <li>A message with a token equal to that of the last one is its sibling: an event that was upcast into several. The
     *       verdict on the first holds for all, so the token stays as it is.
     *   <li>An event advances the live lane, to all that either side has seen. A marker does not.
     *   <li>Both advance the lane of replays, which is {@linkplain Lane#join joined} with that of the message.
     * </ol>
     *
     * <p>No claim is lost by it, and none is made that neither side makes.
     *
     * @param source the token of the message. A plain one is of a source that notices no effects: it advances the live lane
     *     only, so that the effects stay to be done.
     */
    @Override
    public LanesToken advancedTo(TrackingToken source) {
        LanesToken message = source instanceof LanesToken lanes ? lanes : event(source, lane);
        LanesToken last = lastMessage();
        if (last != null && message.hasLanesOf(last)) {
            return this;
        }
        TrackingToken seen = LiveLane.lowest(message.live);
        TrackingToken next = message.isMarker() || seen == null ? live : LiveLane.advanced(live, seen);
        return new LanesToken(next, lane.join(message.lane), Role.SEGMENT, new Step(settled(), message));
    }

    /** A segment without a token takes over that of its first message as it is, and has seen nothing before. */
    private @Nullable LanesToken lastMessage() {
        if (step != null) {
            return step.message();
        }
        return role == Role.SEGMENT ? null : this;
    }

    /**
     * What the invoker has to know about the part of the segment that handles the message with this token.
     *
     * @param segment the segment that has this token
     * @param handles whether a segment handles the message, by the sequencing policy; asked of halves of {@code segment}
     */
    public SegmentPart in(Segment segment, Predicate<Segment> handles) {
        boolean seen = step != null && step.isRepetition(segment, handles);
        return new SegmentPart(LiveLane.leaf(live, segment, handles), lane, seen);
    }

    /**
     * The effects that an aggregate was replayed for, with the message of this token: those that the segment claims, and those
     * that the message does. The joined lane may not claim both, as it has one window only.
     *
     * @param aggregate number of the aggregate
     * @return a raw token that has seen them (inclusive); null if there are none
     */
    public @Nullable TrackingToken doneFor(long aggregate) {
        LanesToken message = lastMessage();
        TrackingToken own = lane.doneFor(aggregate);
        return message == null ? own : Positions.upper(own, message.lane.doneFor(aggregate));
    }

    /**
     * Whether the lane of replays is behind only by gaps that the live lane does not have. Either an effect has filled one, and
     * is to be replayed; or the event store of another node has given them up earlier, as it does after a while, and the
     * segment has come from there.
     */
    public boolean lacksOnlyGaps() {
        TrackingToken lowest = LiveLane.lowest(live);
        return lowest != null
                && done != null
                && !isIdle()
                && done.position().equals(lowest.position())
                && (window == null || done.position().equals(window.position()));
    }

    /** This token with all effects done that all parts of the segment have seen; for who knows that none is to be replayed. */
    public LanesToken caughtUp() {
        return of(live, Lane.idleAt(LiveLane.lowest(live)));
    }

    /** This token without the memory of the last message. */
    LanesToken settled() {
        return role == Role.SEGMENT && step == null ? this : of(live, lane);
    }

    /** Whether both lanes cover those of {@code other}; only the live lane, if the other token is a plain one. */
    @Override
    public boolean covers(@Nullable TrackingToken other) {
        if (other instanceof LanesToken lanes) {
            return LiveLane.covers(live, lanes.live) && lane.covers(lanes.lane);
        }
        return other == null || LiveLane.covers(live, other);
    }

    /** Whether the live lanes stand at the same position; Axon asks this to find out what was handled before a reset. */
    @Override
    public boolean samePositionAs(@Nullable TrackingToken other) {
        return other != null && LiveLane.samePosition(live, other instanceof LanesToken lanes ? lanes.live : other);
    }

    /**
     * What both tokens have seen. If one covers the other, it is the covered one, unchanged: the pooled processor keeps its
     * source open if the result equals the source's position.
     */
    @Override
    public @Nullable TrackingToken lowerBound(@Nullable TrackingToken other) {
        LanesToken lanes = other instanceof LanesToken token ? token : StoredTokens.lift(other);
        if (lanes == null || covers(lanes)) {
            return other;
        }
        if (lanes.covers(this)) {
            return this;
        }
        TrackingToken common = Positions.lower(LiveLane.lowest(live), LiveLane.lowest(lanes.live));
        return of(common, lane.lower(lanes.lane));
    }

    /** What either has seen; the replays of {@code other} as far as a {@linkplain Lane#join join} takes them over. */
    @Override
    public LanesToken upperBound(TrackingToken other) {
        return advancedTo(other).settled();
    }

    /** Where a source has to start for this segment: where all parts of it have been, a raw token, and the lane of replays. */
    @Override
    public LanesToken lowerBound() {
        return of(LiveLane.lowest(live), lane);
    }

    /**
     * What some part of the segment has seen, before a reset or since; null if there is nothing. It is a raw token, because
     * Axon compares raw tokens to it when it resets a segment, and these throw at ours.
     */
    @Override
    public @Nullable TrackingToken upperBound() {
        return LiveLane.furthest(live);
    }

    /** This token, or one inside the live lane; never a merge (rule C, at {@link SegmentPart}). */
    @Override
    public <R extends TrackingToken> Optional<R> unwrap(Class<R> tokenType) {
        if (tokenType.isInstance(this)) {
            return Optional.of(tokenType.cast(this));
        }
        return tokenType == MergedTrackingToken.class ? Optional.empty() : WrappedToken.unwrap(live, tokenType);
    }

    /** The position of the lower bound; 0 before the first event, as that of Axon's replay tokens. */
    @Override
    public OptionalLong position() {
        TrackingToken lowest = LiveLane.lowest(live);
        return lowest == null ? OptionalLong.of(0) : lowest.position();
    }

    /**
     * Whether the lanes are the same; or one is the token of a message, and the other that of a segment right after it.
     *
     * <p>By equality Axon's tracking processor finds out whether the next message is a sibling of the last one, and compares the
     * token of the segment to that of the message for it. They differ if the segment is ahead, in a reset, or merged; the
     * siblings would be handled in two batches then, and the second one would be lost if it fails.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LanesToken token
                && (hasLanesOf(token) || isRightAfter(token) || token.isRightAfter(this));
    }

    private boolean hasLanesOf(LanesToken other) {
        return Objects.equals(live, other.live) && lane.equals(other.lane);
    }

    private boolean isRightAfter(LanesToken message) {
        return step != null && message.role != Role.SEGMENT && step.message().hasLanesOf(message);
    }

    /** The same for all, as the token of a message equals those of segments that are at different places. */
    @Override
    public int hashCode() {
        return LanesToken.class.hashCode();
    }

    @Override
    public String toString() {
        return "LanesToken{live=%s, done=%s, window=%s, cursor=%d}".formatted(live, done, window, cursor);
    }
}
