package dev.coherence.spring.boot.jpa;

import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Stands between Spring and Hibernate where an entity manager factory is built, because only there everything is known
 * that counts: the unit with its classes and mapping files, all properties, and the data source. Post-processors of
 * persistence units could be set on the factory bean too, but would replace those of the application.
 */
public final class EventStoreUnitPostProcessor implements BeanPostProcessor {

    private static final String BUILD = "createContainerEntityManagerFactory";

    private final boolean mapNumbers;

    /**
     * Creates the post-processor.
     *
     * @param mapNumbers whether a mapping of the event numbers is supplied where the application has none
     */
    public EventStoreUnitPostProcessor(boolean mapNumbers) {
        this.mapNumbers = mapNumbers;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof LocalContainerEntityManagerFactoryBean factory) {
            PersistenceProvider provider = provider(factory);
            if (provider instanceof HibernatePersistenceProvider) {
                factory.setPersistenceProvider(completing(provider));
            }
        }
        return bean;
    }

    private static @Nullable PersistenceProvider provider(LocalContainerEntityManagerFactoryBean factory) {
        JpaVendorAdapter adapter = factory.getJpaVendorAdapter();
        PersistenceProvider provider = factory.getPersistenceProvider();
        return provider == null && adapter != null ? adapter.getPersistenceProvider() : provider;
    }

    /** A proxy, since the interface has a method more in JPA 3.2 than in 3.1, with a class that 3.1 does not know. */
    private PersistenceProvider completing(PersistenceProvider provider) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals(BUILD)
                    && arguments[0] instanceof PersistenceUnitInfo unit
                    && arguments[1] instanceof Map<?, ?> properties) {
                arguments[1] = new EventStoreUnit(unit, properties).completedProperties(mapNumbers);
            }
            try {
                return method.invoke(provider, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
        return (PersistenceProvider) Proxy.newProxyInstance(
                PersistenceProvider.class.getClassLoader(), new Class<?>[] {PersistenceProvider.class}, handler);
    }
}
