package dev.coherence.axon.projection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.GenericResultMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.ExecutionResult;
import org.axonframework.messaging.unitofwork.RollbackConfiguration;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The unit of work of a batch as one event of a replay sees it: with this event as its message, and correlation data of this
 * event. Everything else is that of the batch; in particular what is registered for a phase runs when the batch gets there. A
 * nested unit of work would do it after each event, and Axon's JDBC connections would be committed so. For one thread.
 */
final class UnitOfOneEvent implements UnitOfWork<EventMessage<?>> {

    private final UnitOfWork<?> batch;
    private final List<CorrelationDataProvider> correlations = new CopyOnWriteArrayList<>();
    private EventMessage<?> event;

    UnitOfOneEvent(UnitOfWork<?> batch, EventMessage<?> event) {
        this.batch = batch;
        this.event = event;
    }

    @Override
    public EventMessage<?> getMessage() {
        return event;
    }

    @Override
    public UnitOfWork<EventMessage<?>> transformMessage(
            Function<EventMessage<?>, ? extends Message<?>> transformOperator) {
        event = (EventMessage<?>) transformOperator.apply(event);
        return this;
    }

    @Override
    public MetaData getCorrelationData() {
        MetaData data = MetaData.emptyInstance();
        for (CorrelationDataProvider provider : correlations) {
            Map<String, ?> more = provider.correlationDataFor(event);
            data = more == null ? data : data.mergedWith(more);
        }
        return data;
    }

    @Override
    public void registerCorrelationDataProvider(CorrelationDataProvider provider) {
        correlations.add(provider);
    }

    @Override
    public Optional<UnitOfWork<?>> parent() {
        return Optional.of(batch);
    }

    @Override
    public Map<String, Object> resources() {
        return batch.resources();
    }

    @Override
    public Phase phase() {
        return batch.phase();
    }

    @Override
    public void onPrepareCommit(Consumer<UnitOfWork<EventMessage<?>>> handler) {
        batch.onPrepareCommit(unitOfWork -> handler.accept(this));
    }

    @Override
    public void onCommit(Consumer<UnitOfWork<EventMessage<?>>> handler) {
        batch.onCommit(unitOfWork -> handler.accept(this));
    }

    @Override
    public void afterCommit(Consumer<UnitOfWork<EventMessage<?>>> handler) {
        batch.afterCommit(unitOfWork -> handler.accept(this));
    }

    @Override
    public void onRollback(Consumer<UnitOfWork<EventMessage<?>>> handler) {
        batch.onRollback(unitOfWork -> handler.accept(this));
    }

    @Override
    public void onCleanup(Consumer<UnitOfWork<EventMessage<?>>> handler) {
        batch.onCleanup(unitOfWork -> handler.accept(this));
    }

    @Override
    public void start() {
        throw new IllegalStateException("The batch has started long ago");
    }

    @Override
    public void commit() {
        throw new IllegalStateException("An event of a replay is committed with its batch, and not by itself");
    }

    @Override
    public void rollback(Throwable cause) {
        batch.rollback(cause);
    }

    @Override
    public <R> ResultMessage<R> executeWithResult(Callable<R> task, RollbackConfiguration rollbackConfiguration) {
        try {
            return GenericResultMessage.asResultMessage(task.call());
        } catch (Exception e) {
            if (rollbackConfiguration.rollBackOn(e)) {
                rollback(e);
            }
            return GenericResultMessage.asResultMessage(e);
        }
    }

    @Override
    public ExecutionResult getExecutionResult() {
        return batch.getExecutionResult();
    }

    @Override
    public boolean isRolledBack() {
        return batch.isRolledBack();
    }
}
