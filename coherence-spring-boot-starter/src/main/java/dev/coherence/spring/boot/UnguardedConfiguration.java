package dev.coherence.spring.boot;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.log.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** An application with a log of its own and without an event store: nobody could check its commands, and it is told so. */
@Lazy(false)
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(EventIndex.class)
class UnguardedConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(UnguardedConfiguration.class);

    UnguardedConfiguration(ApplicationContext context) {
        LOG.info(
                "coherence does not check commands: the application has a log of its own, {}, and Axon has no event store."
                        + " To have them checked, define an EventStorageEngine or EventStore bean.",
                String.join(", ", context.getBeanNamesForType(EventLog.class)));
    }
}
