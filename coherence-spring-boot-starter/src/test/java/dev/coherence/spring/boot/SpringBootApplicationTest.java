package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** An application with JDBC as a user would test it. */
@SpringBootTest(
        classes = TestApplication.Minimal.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.application.name=shop",
            "spring.autoconfigure.exclude=org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "spring.datasource.url=jdbc:h2:mem:shop;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "spring.sql.init.schema-locations=classpath:axon-jdbc.sql",
            "axon.update-check.disabled=true"
        })
class SpringBootApplicationTest {

    @Autowired
    private Coherence coherence;

    @Autowired
    private EventStore eventStore;

    @Autowired
    private TransactionManager transactions;

    @Autowired
    private TokenStore tokens;

    @Test
    void has_all_that_events_need_and_a_Coherence_over_it() {
        assertThat(transactions).isInstanceOf(SpringTransactionManager.class);
        assertThat(tokens).isInstanceOf(JdbcTokenStore.class);

        long number = new Shelf(coherence).add("Neuromancer");

        assertThat(coherence.sequenceNumber()).isEqualTo(number);
        assertThat(eventStore.readEvents("book:Neuromancer").asStream()).hasSize(1);
    }
}
