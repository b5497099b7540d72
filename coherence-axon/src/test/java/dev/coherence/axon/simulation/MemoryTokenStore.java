package dev.coherence.axon.simulation;

import dev.coherence.axon.simulation.MemoryDatabase.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.UnableToInitializeTokenException;

/** A token store like Axon's for JDBC, with claims of nodes, in a table of a {@link MemoryDatabase}. For one processor. */
record MemoryTokenStore(Table<Integer, Entry> entries, String node, Duration claimTimeout) implements TokenStore {

    /** A row: the token, and who has claimed it. */
    record Entry(TrackingToken token, String owner, Instant at) {

        boolean mayBeClaimedBy(String node, Duration claimTimeout) {
            return owner == null || owner.equals(node) || at.plus(claimTimeout).isBefore(Instant.now());
        }
    }

    @Override
    public void initializeTokenSegments(String processor, int count, TrackingToken initial) {
        if (fetchSegments(processor).length > 0) {
            throw new UnableToClaimTokenException("There are segments already");
        }
        for (int segment = 0; segment < count; segment++) {
            initializeSegment(initial, processor, segment);
        }
    }

    @Override
    public void initializeTokenSegments(String processor, int count) {
        initializeTokenSegments(processor, count, null);
    }

    @Override
    public void initializeSegment(TrackingToken token, String processor, int segment) {
        if (entries.getForUpdate(segment) != null) {
            throw new UnableToInitializeTokenException("There is a segment %d already".formatted(segment));
        }
        entries.put(segment, new Entry(token, null, Instant.now()));
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public void storeToken(TrackingToken token, String processor, int segment) {
        claim(segment);
        entries.put(segment, new Entry(token, node, Instant.now()));
    }

    @Override
    public TrackingToken fetchToken(String processor, int segment) {
        Entry entry = claim(segment);
        entries.put(segment, new Entry(entry.token, node, Instant.now()));
        return entry.token;
    }

    @Override
    public TrackingToken fetchToken(String processor, Segment segment) {
        TrackingToken token = fetchToken(processor, segment.getSegmentId());
        if (!Segment.computeSegment(segment.getSegmentId(), fetchSegments(processor))
                .equals(segment)) {
            throw new UnableToClaimTokenException(segment + " has been split or merged");
        }
        return token;
    }

    private Entry claim(int segment) {
        Entry entry = entries.getForUpdate(segment);
        if (entry == null || !entry.mayBeClaimedBy(node, claimTimeout)) {
            throw new UnableToClaimTokenException("Segment %d: %s".formatted(segment, entry));
        }
        return entry;
    }

    @Override
    public void extendClaim(String processor, int segment) {
        Entry entry = entries.getForUpdate(segment);
        if (entry == null || !node.equals(entry.owner)) {
            throw new UnableToClaimTokenException("Segment %d: %s".formatted(segment, entry));
        }
        entries.put(segment, new Entry(entry.token, node, Instant.now()));
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        Entry entry = entries.getForUpdate(segment);
        if (entry != null && node.equals(entry.owner)) {
            entries.put(segment, new Entry(entry.token, null, entry.at));
        }
    }

    @Override
    public void deleteToken(String processor, int segment) {
        Entry entry = entries.getForUpdate(segment);
        if (entry == null || !node.equals(entry.owner)) {
            throw new UnableToClaimTokenException("Segment %d: %s".formatted(segment, entry));
        }
        entries.put(segment, null);
    }

    @Override
    public int[] fetchSegments(String processor) {
        return entries.all().keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        var all = entries.all();
        int[] segments = all.keySet().stream().mapToInt(Integer::intValue).toArray();
        return Arrays.stream(segments)
                .filter(segment -> all.get(segment).mayBeClaimedBy(node, claimTimeout))
                .mapToObj(segment -> Segment.computeSegment(segment, segments.clone()))
                .toList();
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return Optional.of("memory");
    }
}
