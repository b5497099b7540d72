package dev.coherence.axon.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;

class ActorInterceptorTest {

    private static final CommandMessage<?> COMMAND =
            new GenericCommandMessage<>("revise", MetaData.with("other", "kept"));

    private static CommandMessage<?> sent(ActorProvider provider, CommandMessage<?> command) {
        return new ActorInterceptor(provider).handle(List.of(command)).apply(0, command);
    }

    @Test
    void writes_who_sends_a_command_into_its_metadata() {
        assertThat(sent(command -> Optional.of(Identity.of("user", "a:b")), COMMAND)
                        .getMetaData())
                .containsEntry("coherence-actor", Identity.of("user", "a:b").toString())
                .containsEntry("other", "kept");
    }

    @Test
    void leaves_what_the_command_says_itself() {
        CommandMessage<?> command = COMMAND.andMetaData(MetaData.with("coherence-actor", "user:bob"));

        assertThat(sent(any -> Optional.of(Identity.of("user", "eve")), command))
                .isSameAs(command);
    }

    @Test
    void leaves_the_command_if_nobody_is_known() {
        assertThat(sent(ActorProvider.none(), COMMAND)).isSameAs(COMMAND);
    }
}
