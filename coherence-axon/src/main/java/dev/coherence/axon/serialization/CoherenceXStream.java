package dev.coherence.axon.serialization;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.basic.AbstractSingleValueConverter;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandReport;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.revision.Revision;

/** Lets an XStream write and read what coherence stores and sends, tokens included; by itself it refuses foreign classes. */
public final class CoherenceXStream {

    /** The token of a segment in the middle of a replay, by name: the package of tokens comes after this one. */
    private static final String TOKEN = "dev.coherence.axon.token.LanesToken";

    private CoherenceXStream() {}

    /** Allows the classes, and writes revisions as their text. To be called before the XStream is used. */
    public static void configure(XStream xStream) {
        xStream.allowTypes(new Class<?>[] {
            PatchApplied.class,
            EffectFired.class,
            EffectRequested.class,
            ReplayRequested.class,
            Revision.class,
            ConflictReport.class,
            InvalidCommandReport.class
        });
        xStream.allowTypes(new String[] {TOKEN});
        xStream.allowTypesByWildcard(new String[] {ConflictReport.class.getPackageName() + ".Reported*"});
        xStream.registerConverter(new RevisionConverter());
    }

    private static final class RevisionConverter extends AbstractSingleValueConverter {

        @Override
        @SuppressWarnings("rawtypes")
        public boolean canConvert(Class type) {
            return type == Revision.class;
        }

        @Override
        public Object fromString(String text) {
            return Revision.parse(text);
        }
    }
}
