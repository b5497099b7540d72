package dev.coherence.spring.boot.serializer;

import com.thoughtworks.xstream.XStream;
import dev.coherence.axon.serialization.CoherenceXStream;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Allows every XStream of the application to read the events of coherence; by itself it refuses foreign classes. */
public final class XStreamAllowance implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof XStream xStream) {
            CoherenceXStream.configure(xStream);
        }
        return bean;
    }
}
