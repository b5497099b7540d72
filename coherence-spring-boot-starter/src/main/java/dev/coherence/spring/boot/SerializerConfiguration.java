package dev.coherence.spring.boot;

import com.thoughtworks.xstream.XStream;
import dev.coherence.spring.boot.serializer.ReplayTokenCustomizer;
import dev.coherence.spring.boot.serializer.XStreamAllowance;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What the serializers of the application have to be told, for those that it has. */
@Configuration(proxyBeanMethods = false)
class SerializerConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(XStream.class)
    static class XStreamConfiguration {

        @Bean
        static XStreamAllowance coherenceXStreamAllowance() {
            return new XStreamAllowance();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JsonMapper.class, Jackson3SerializerCustomizer.class})
    static class Jackson3Configuration {

        /** Axon asks the first customizer only, so this one must not stand before one of the application. */
        @Bean
        @ConditionalOnMissingBean(Jackson3SerializerCustomizer.class)
        ReplayTokenCustomizer replayTokenCustomizer(BeanFactory beans) {
            List<String> packages = new ArrayList<>(List.of("org.axonframework", "dev.coherence"));
            if (AutoConfigurationPackages.has(beans)) {
                packages.addAll(AutoConfigurationPackages.get(beans));
            }
            return new ReplayTokenCustomizer(packages);
        }
    }
}
