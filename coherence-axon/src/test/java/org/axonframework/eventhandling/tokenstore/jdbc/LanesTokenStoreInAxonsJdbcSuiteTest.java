package org.axonframework.eventhandling.tokenstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.LanesTokenStore;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.annotation.Transactional;

/**
 * Axon's suite of the JDBC token store, over the decorator. It would be set up by Spring's test context, with a database that is
 * not here; so each of its tests is called on an object of its own, that has what it needs, and all of them are.
 *
 * <p>That of the JPA store cannot be run: the published one is of the store for {@code javax.persistence}. Neither can that of
 * the tracking processor, which is in a module that Axon does not publish.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"H2_JDBC", "POSTGRES_JDBC"})
class LanesTokenStoreInAxonsJdbcSuiteTest {

    @Parameter
    Engine engine;

    private TestStore store;

    @BeforeEach
    void open() {
        store = engine.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        List<Method> tests = Stream.of(JdbcTokenStoreTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests.stream().map(test -> DynamicTest.dynamicTest(test.getName(), () -> run(test)));
    }

    private void run(Method test) throws Throwable {
        JdbcTokenStoreTest suite = suite();
        if (test.isAnnotationPresent(Transactional.class)) {
            Transaction transaction = store.transactions.startTransaction();
            try {
                run(suite, test);
            } finally {
                transaction.rollback();
            }
        } else {
            run(suite, test);
        }
    }

    private static void run(JdbcTokenStoreTest suite, Method test) throws Throwable {
        suite.setUp();
        try {
            test.setAccessible(true);
            invoke(test, suite);
        } finally {
            suite.tearDown();
        }
    }

    private JdbcTokenStoreTest suite() throws ReflectiveOperationException {
        JdbcTokenStoreTest suite = new JdbcTokenStoreTest();
        set(suite, "dataSource", new TransactionAwareDataSourceProxy(store.database()));
        set(suite, "transactionManager", store.transactions);
        set(suite, "tokenStore", decorated("node", Duration.ofSeconds(10)));
        set(suite, "concurrentTokenStore", decorated("concurrent", Duration.ofSeconds(2)));
        set(suite, "stealingTokenStore", decorated("stealing", Duration.ofSeconds(-1)));
        return suite;
    }

    private static void set(JdbcTokenStoreTest suite, String name, Object value) throws ReflectiveOperationException {
        Field field = JdbcTokenStoreTest.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(suite, value);
    }

    /**
     * The decorator in the shape of the class that the suite knows. Of its own it makes the table as the database wants it, and
     * compares with plain tokens, which ours hold as their live lane.
     */
    private JdbcTokenStore decorated(String node, Duration claimTimeout) {
        JdbcTokenStore plain =
                (JdbcTokenStore) store.tokenStore(node, claimTimeout, Serializers.JACKSON_2.serializer());
        TokenStore lanes = LanesTokenStore.builder()
                .tokenStore(plain)
                .head(() -> null)
                .tail(() -> null)
                .build();
        return mock(JdbcTokenStore.class, call -> {
            Method method = call.getMethod();
            if (method.getName().equals("createSchema")) {
                plain.createSchema(PostgresTokenTableFactory.INSTANCE);
                return null;
            }
            boolean isOfEveryStore = Stream.of(TokenStore.class.getMethods())
                    .anyMatch(other -> other.getName().equals(method.getName()));
            Object result = isOfEveryStore
                    ? invoke(
                            TokenStore.class.getMethod(method.getName(), method.getParameterTypes()),
                            lanes,
                            call.getArguments())
                    : invoke(method, plain, call.getArguments());
            return result instanceof LanesToken token ? token.live() : result;
        });
    }

    private static Object invoke(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
