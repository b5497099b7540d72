package dev.coherence.axon.token;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;

/**
 * All tokens over a few positions, and what they claim, written down naively as sets of words. The order of tokens has to be
 * the inclusion of these sets.
 */
enum Universe {
    /** As JPA and JDBC number events: each position below the index may be a gap, but 0, which Axon's equals ignores. */
    GAP_AWARE {
        @Override
        List<TrackingToken> raw(int last) {
            List<TrackingToken> tokens = new ArrayList<>();
            tokens.add(gaps(0));
            for (int index = 1; index <= last; index++) {
                for (int choice = 0; choice < 1 << (index - 1); choice++) {
                    int gaps = choice << 1;
                    tokens.add(gaps(
                            index,
                            LongStream.range(1, index)
                                    .filter(i -> (gaps & (1 << i)) != 0)
                                    .toArray()));
                }
            }
            return tokens;
        }
    },

    /** As Axon Server and the in-memory engine number events. */
    SEQUENCE {
        @Override
        List<TrackingToken> raw(int last) {
            return LongStream.rangeClosed(0, last)
                    .<TrackingToken>mapToObj(GlobalSequenceTrackingToken::new)
                    .toList();
        }
    };

    /** The halves of the halves of a segment: as deep as merges are nested here. */
    static final List<String> PARTS = List.of("LL", "LU", "UL", "UU");

    static final long LAST_AGGREGATE = 3; // one more than any cursor

    /** The raw tokens of all histories of events from 1 up to a position (inclusive); the first is that of no event. */
    abstract List<TrackingToken> raw(int last);

    List<TrackingToken> rawOrNull(int last) {
        List<TrackingToken> tokens = new ArrayList<>(raw(last));
        tokens.add(null);
        return tokens;
    }

    /** Raw tokens and replays; none is merged. */
    List<TrackingToken> leaves(int last) {
        Set<TrackingToken> tokens = new LinkedHashSet<>(raw(last));
        for (TrackingToken reset : raw(last)) {
            rawOrNull(last).forEach(start -> tokens.add(ReplayToken.createReplayToken(reset, start, "why")));
        }
        return List.copyOf(tokens);
    }

    List<TrackingToken> merges(int last) {
        List<TrackingToken> merges = new ArrayList<>();
        for (TrackingToken lower : rawOrNull(last)) {
            rawOrNull(last).stream()
                    .filter(upper -> upper != lower)
                    .forEach(upper -> merges.add(new MergedTrackingToken(lower, upper)));
        }
        return merges;
    }

    /** Everything that Axon stores for a segment: leaves, merges, merges of merges, and merges that were reset. */
    List<TrackingToken> plain(int last) {
        List<TrackingToken> merges = merges(last);
        Set<TrackingToken> tokens = new LinkedHashSet<>(leaves(last));
        tokens.addAll(merges);
        TrackingToken first = raw(last).get(1);
        TrackingToken replay = ReplayToken.createReplayToken(raw(last).get(2), first, "why");
        for (TrackingToken merge : merges) {
            tokens.add(new MergedTrackingToken(merge, first));
            tokens.add(new MergedTrackingToken(replay, merge));
            tokens.add(ReplayToken.createReplayToken(merge, null, "why"));
        }
        return List.copyOf(tokens);
    }

    List<Lane> lanes(int last, int cursors) {
        Set<Lane> lanes = new LinkedHashSet<>();
        for (TrackingToken done : rawOrNull(last)) {
            for (TrackingToken window : rawOrNull(last)) {
                LongStream.rangeClosed(0, cursors).forEach(cursor -> lanes.add(new Lane(done, window, cursor)));
            }
        }
        return List.copyOf(lanes);
    }

    /** Tokens to be compared pair by pair: those without merges of merges. */
    List<LanesToken> tokensForPairs() {
        List<LanesToken> tokens = new ArrayList<>();
        for (Lane lane : lanes(2, 1)) {
            leaves(2).forEach(live -> tokens.add(LanesToken.of(live, lane)));
            merges(2).forEach(live -> tokens.add(LanesToken.of(live, lane)));
            tokens.add(LanesToken.of(null, lane));
        }
        return tokens;
    }

    /** All tokens of segments with two lanes. */
    List<LanesToken> tokens() {
        List<LanesToken> tokens = new ArrayList<>();
        for (Lane lane : lanes(2, 1)) {
            plain(2).forEach(live -> tokens.add(LanesToken.of(live, lane)));
            tokens.add(LanesToken.of(null, lane));
        }
        return tokens;
    }

    /** All tokens that a source may emit: an event and a marker for each raw token and each lane. */
    List<LanesToken> messages() {
        List<LanesToken> messages = new ArrayList<>();
        for (Lane lane : lanes(2, 1)) {
            raw(2).forEach(live -> messages.add(LanesToken.event(live, lane)));
            raw(2).forEach(live -> messages.add(LanesToken.marker(live, lane)));
        }
        return messages;
    }

    static GapAwareTrackingToken gaps(long index, long... gaps) {
        return GapAwareTrackingToken.newInstance(
                index, LongStream.of(gaps).boxed().toList());
    }

    /** With a thousand gaps below the index. */
    static GapAwareTrackingToken manyGaps(long index) {
        return gaps(
                index, LongStream.rangeClosed(1, 1_000).map(i -> index - 2 * i).toArray());
    }

    /** The positions that a raw token has seen, and that it is a token at all. */
    static Set<String> positions(TrackingToken raw) {
        Set<String> positions = new HashSet<>();
        if (raw != null) {
            positions.add("start");
            LongStream.rangeClosed(0, raw.position().orElseThrow())
                    .filter(i -> !(raw instanceof GapAwareTrackingToken token
                            && token.getGaps().contains(i)))
                    .forEach(i -> positions.add("" + i));
        }
        return positions;
    }

    /** The live events that a part of a segment has handled since its reset. */
    static Set<String> handled(TrackingToken live, String part) {
        if (live instanceof ReplayToken replay) {
            return handled(replay.getCurrentToken(), part);
        }
        if (live instanceof MergedTrackingToken merge) {
            TrackingToken half = part.startsWith("L") ? merge.lowerSegmentToken() : merge.upperSegmentToken();
            return handled(half, part.substring(1));
        }
        return positions(live);
    }

    static Set<String> handled(TrackingToken live) {
        Set<String> claims = new HashSet<>();
        PARTS.forEach(part -> handled(live, part).forEach(event -> claims.add("event " + event + " by " + part)));
        return claims;
    }

    static Set<String> replayed(TrackingToken done, TrackingToken window, long cursor) {
        Set<String> claims = new HashSet<>();
        for (long aggregate = 1; aggregate <= LAST_AGGREGATE; aggregate++) {
            for (String effect : positions(done)) {
                claims.add("aggregate " + aggregate + " for " + effect);
            }
            for (String effect : aggregate <= cursor ? positions(window) : Set.<String>of()) {
                claims.add("aggregate " + aggregate + " for " + effect);
            }
        }
        return claims;
    }

    static Set<String> replayed(Lane lane) {
        return replayed(lane.done(), lane.window(), lane.cursor());
    }

    static Set<String> claims(LanesToken token) {
        return union(handled(token.live()), replayed(token.lane()));
    }

    static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }
}
