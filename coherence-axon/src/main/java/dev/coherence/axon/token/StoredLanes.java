package dev.coherence.axon.token;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LanesToken} as token stores hold it while a replay is going on: these fields, under their names, with Jackson 2 and
 * 3, with XStream, and with Java's own serialization. The tokens inside are Axon's, each with its class.
 *
 * <p>The names, and that of {@link LanesToken}, must not change without a new format, whose number tells the two apart. A
 * version of coherence that reads a format of its future would take a replay for done that is not; so it refuses.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.NONE,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // so that what a later format adds is refused by its number
@SuppressWarnings("serial") // Axon's tokens are serializable, though their interface does not say so
abstract class StoredLanes implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;

    @JsonProperty
    final int version;

    @JsonProperty
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    final @Nullable TrackingToken live;

    @JsonProperty
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    final @Nullable TrackingToken done;

    @JsonProperty
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    final @Nullable TrackingToken window;

    @JsonProperty
    final long cursor;

    StoredLanes(@Nullable TrackingToken live, Lane lane) {
        this.version = FORMAT;
        this.live = live;
        this.done = lane.done();
        this.window = lane.window();
        this.cursor = lane.cursor();
    }

    /** Refuses a format that this version of coherence does not know. */
    static void requireKnown(int format) {
        if (format != FORMAT) {
            throw new IllegalStateException(("The token store holds a replay token of format %d, and this version of"
                            + " coherence reads format %d only. Let the version that wrote it finish the replay.")
                    .formatted(format, FORMAT));
        }
    }
}
