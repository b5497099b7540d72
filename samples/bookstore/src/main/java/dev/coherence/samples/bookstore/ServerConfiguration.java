package dev.coherence.samples.bookstore;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Tomcat must do differently here. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** Ids may have slashes and backslashes, percent-encoded in an address; by default Tomcat refuses both. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInIds() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling("passthrough");
            connector.setEncodedReverseSolidusHandling("passthrough");
        });
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
    }
}
