package dev.coherence.axon.simulation;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventMultiUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Makes two events of each with the metadata {@value GapProducingEngine#SPLIT}, which then says which of the two it is. */
final class SplittingUpcaster extends EventMultiUpcaster {

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getMetaData().getObject().containsKey(GapProducingEngine.SPLIT);
    }

    @Override
    protected Stream<IntermediateEventRepresentation> doUpcast(IntermediateEventRepresentation event) {
        return IntStream.of(0, 1)
                .mapToObj(part -> event.upcast(
                        event.getType(),
                        byte[].class,
                        payload -> payload,
                        metaData -> metaData.and(GapProducingEngine.SPLIT, part)));
    }
}
