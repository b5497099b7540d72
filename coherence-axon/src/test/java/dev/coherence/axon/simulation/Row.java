package dev.coherence.axon.simulation;

import java.util.Map;

/**
 * What a projection has stored for an event.
 *
 * @param aggregate Axon's identifier of the aggregate
 * @param version the event's sequence number in the aggregate, from 0
 * @param part 0, or 1 for the second part of an event that was split
 * @param world how often each trigger had been fired, and each request made, as far as the handler could see
 */
record Row(String group, String aggregate, long version, int part, Map<String, Integer> world) {

    Row {
        world = Map.copyOf(world);
    }

    String key() {
        return part == 0 ? "" + version : version + "b";
    }
}
