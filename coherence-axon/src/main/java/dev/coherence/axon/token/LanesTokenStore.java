package dev.coherence.axon.token;

import dev.coherence.axon.token.HeldSegments.Held;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * The token store of a processor that takes part in replays, over any of Axon's.
 *
 * <ol>
 *   <li>Tokens are {@linkplain StoredTokens#lift lifted} when they are fetched, and {@linkplain StoredTokens#store stored}
 *       plain whenever nothing is pending. So it reads what plain Axon wrote, and at rest plain Axon can read what it wrote.
 *   <li>A segment that starts before all events ({@link Beginning}) claims the effects that are visible then.
 *   <li>In a split both halves come from the stored token of the parent, and that of the parent is replaced too. Axon's
 *       tracking processor would drop a reset, and both would leave a merge in place. In a merge both halves are the stored
 *       ones: a tracking processor that has lost its claim would store an old one.
 *   <li>A call by number is refused with an {@link UnableToClaimTokenException} if another node has split or merged the
 *       segment, or moved its token, since this node {@linkplain #fetchToken(String, Segment) fetched} it ({@link
 *       HeldSegments}). It is asked of the store when a token is fetched, and if this node has not written to the row for
 *       {@link LanesTokenStoreBuilder#recheckAfter a while}: until then its claim holds, and nobody else can have done so.
 *       Under load a batch costs no more queries than with plain Axon.
 * </ol>
 *
 * <p>To be called in a transaction, as every token store. May be used by several threads if the decorated store may, and by
 * several processors.
 */
public final class LanesTokenStore extends ForwardingTokenStore {

    private static final ThreadLocal<@Nullable Merging> MERGING = new ThreadLocal<>();

    private final HeldSegments held = new HeldSegments();
    private final Beginning beginning;
    private final long recheckAfter;
    private final LongSupplier nanoTime;
    private final boolean claimsAnewToExtend;

    /** A merge of which the one half is deleted, and the whole is still to be stored by the same thread. */
    private record Merging(
            String processor,
            Segment kept,
            int deleted,
            @Nullable TrackingToken token) {

        boolean isOf(@Nullable TrackingToken whole, String processorName, int segment) {
            return whole instanceof MergedTrackingToken
                    && kept.getSegmentId() == segment
                    && processor.equals(processorName);
        }

        @Nullable
        TrackingToken with(@Nullable TrackingToken keptToken) {
            return kept.getSegmentId() < deleted
                    ? StoredTokens.merge(keptToken, token)
                    : StoredTokens.merge(token, keptToken);
        }
    }

    LanesTokenStore(TokenStore delegate, Beginning beginning, Duration recheckAfter, LongSupplier nanoTime) {
        super(delegate);
        this.beginning = beginning;
        this.recheckAfter = recheckAfter.toNanos();
        this.nanoTime = nanoTime;
        this.claimsAnewToExtend = claimsAnewToExtend(delegate);
    }

    /** Starts with nothing set. */
    public static LanesTokenStoreBuilder builder() {
        return new LanesTokenStoreBuilder();
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        initializeTokenSegments(processorName, segmentCount, null);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        delegate.initializeTokenSegments(processorName, segmentCount, beginning.stored(initialToken));
    }

    /**
     * Initializes a segment with a token; or with the upper half of a split, if the token is one that this store has handed
     * out, and there is a segment whose upper half has the given number. The token itself does not matter then. Null is a
     * token that was handed out if this node has fetched that of the parent.
     *
     * @throws UnableToClaimTokenException in a split, if the parent cannot be claimed, or is not what it was
     */
    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        Segment known = held.parentOf(processorName, segment);
        if (known != null) {
            requireUnchanged(processorName, known);
        }
        boolean isOurs = token == null || token instanceof LanesToken;
        Segment parent = isOurs ? parentOf(segment, delegate.fetchSegments(processorName)) : null;
        if (parent == null || (token == null && !held.isKnown(processorName, parent.getSegmentId()))) {
            delegate.initializeSegment(beginning.stored(token), processorName, segment);
        } else {
            split(processorName, parent, segment);
        }
    }

    private static @Nullable Segment parentOf(int number, int[] segments) {
        int[] after = IntStream.concat(Arrays.stream(segments), IntStream.of(number))
                .distinct()
                .toArray();
        Segment half = Segment.computeSegment(number, after);
        return after.length == segments.length
                ? null
                : Arrays.stream(segments)
                        .mapToObj(other -> Segment.computeSegment(other, segments.clone()))
                        .filter(other -> other.split()[1].equals(half))
                        .findAny()
                        .orElse(null);
    }

    private void split(String processorName, Segment parent, int upper) {
        int lower = parent.getSegmentId();
        TrackingToken stored = delegate.fetchToken(processorName, lower);
        Held held = this.held.atWork(processorName, lower);
        requireUnchanged(processorName, held == null ? parent : held.segment());
        StoredTokens.Split halves = StoredTokens.split(stored);
        delegate.initializeSegment(halves.upper(), processorName, upper);
        if (!Objects.equals(halves.lower(), stored)) {
            delegate.storeToken(halves.lower(), processorName, lower);
        }
        this.held.resized(processorName, parent.split()[0]);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        long now = nanoTime.getAsLong();
        LanesToken token = StoredTokens.lift(delegate.fetchToken(processorName, segment));
        requireUnchanged(processorName, segment);
        held.fetched(processorName, segment, token, now);
        return token;
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        long now = nanoTime.getAsLong();
        Held resumed = held.resumed(processorName, segment);
        LanesToken token = StoredTokens.lift(delegate.fetchToken(processorName, segment));
        if (resumed != null) {
            resume(processorName, resumed.segment(), token, now);
        }
        return token;
    }

    private void resume(String processorName, Segment segment, @Nullable LanesToken token, long now) {
        try {
            requireUnchanged(processorName, segment);
        } catch (UnableToClaimTokenException e) {
            held.forget(processorName, segment.getSegmentId()); // nobody goes on with it after this
            throw e;
        }
        held.fetched(processorName, segment, token, now);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If it ends a merge, the halves are those that are stored, whatever the processor takes them for.
     */
    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        Merging merge = MERGING.get();
        MERGING.remove();
        TrackingToken stored = merge != null && merge.isOf(token, processorName, segment)
                ? merge.with(delegate.fetchToken(processorName, segment))
                : beginning.stored(token);
        recheck(processorName, segment);
        long now = nanoTime.getAsLong();
        delegate.storeToken(stored, processorName, segment);
        held.stored(processorName, segment, StoredTokens.lift(stored), now);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where the decorated store knows how to extend a claim, that it could proves that nobody has claimed the segment
     * meanwhile, and its token is not looked at. It must not be: with JPA a token that is read again in the transaction that
     * stored it is the old one, and would be written back.
     */
    @Override
    public void extendClaim(String processorName, int segment) {
        Held it = held.atWork(processorName, segment);
        if (claimsAnewToExtend) {
            recheck(processorName, segment);
        }
        long now = nanoTime.getAsLong();
        delegate.extendClaim(processorName, segment);
        if (it != null && !claimsAnewToExtend && now - it.confirmedAt() >= recheckAfter) {
            requireUnchanged(processorName, it.segment());
        }
        held.extended(processorName, segment, now);
    }

    /** This is what the interface does by default, and Axon's JDBC store with it. */
    private static boolean claimsAnewToExtend(TokenStore store) {
        try {
            return store.getClass()
                    .getMethod("extendClaim", String.class, int.class)
                    .isDefault();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A method of the interface is missing in " + store.getClass(), e);
        }
    }

    /** The claim comes first: while this transaction has it, nobody else splits, merges or moves the segment. */
    private void recheck(String processorName, int number) {
        Held it = held.atWork(processorName, number);
        if (it == null || nanoTime.getAsLong() - it.confirmedAt() < recheckAfter) {
            return;
        }
        LanesToken token = StoredTokens.lift(delegate.fetchToken(processorName, number));
        requireUnchanged(processorName, it.segment());
        if (!it.knows(token)) {
            throw new UnableToClaimTokenException(
                    ("Unable to claim token '%s[%d]'. Another node has held it meanwhile, and"
                                    + " has left it at %s, where this one had left it at %s.")
                            .formatted(processorName, number, token, it.token()));
        }
    }

    private void requireUnchanged(String processorName, Segment segment) {
        int[] segments = delegate.fetchSegments(processorName);
        int number = segment.getSegmentId();
        if (Arrays.stream(segments).noneMatch(other -> other == number)
                || !Segment.computeSegment(number, segments).equals(segment)) {
            throw new UnableToClaimTokenException(
                    "Unable to claim token '%s[%d]'. As this node knows it, it is that of %s, which has been split or merged."
                            .formatted(processorName, number, segment));
        }
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        held.released(processorName, segment);
        delegate.releaseClaim(processorName, segment);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        int[] segments = delegate.fetchSegments(processorName);
        Segment deleted = Segment.computeSegment(segment, segments);
        Segment sibling = Segment.computeSegment(deleted.mergeableSegmentId(), segments);
        boolean isMerge = deleted.isMergeableWith(sibling);
        if (isMerge) {
            MERGING.set(new Merging(processorName, sibling, segment, delegate.fetchToken(processorName, segment)));
        }
        delegate.deleteToken(processorName, segment);
        held.forget(processorName, segment);
        if (isMerge) {
            held.resized(processorName, deleted.mergedWith(sibling));
        }
    }

    @Override
    public int[] fetchSegments(String processorName) {
        held.lookedAt(processorName);
        return delegate.fetchSegments(processorName);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        held.lookedAt(processorName);
        return delegate.fetchAvailableSegments(processorName);
    }
}
