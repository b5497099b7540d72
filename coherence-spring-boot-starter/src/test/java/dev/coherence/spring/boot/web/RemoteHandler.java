package dev.coherence.spring.boot.web;

import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.distributed.ReplyMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;

/** What is left of an exception when it comes back over Axon's distributed command bus. */
final class RemoteHandler {

    private static final Serializer SERIALIZER = JacksonSerializer.defaultSerializer();

    private RemoteHandler() {}

    static RuntimeException thrown(Exception there) {
        CommandResultMessage<?> result = GenericCommandResultMessage.asCommandResultMessage(there);
        return (RuntimeException)
                new Reply(result).getCommandResultMessage(SERIALIZER).exceptionResult();
    }

    private static final class Reply extends ReplyMessage {

        private static final long serialVersionUID = 1L;

        Reply(CommandResultMessage<?> result) {
            super("command", result, SERIALIZER);
        }
    }
}
