package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test that leaves a unit of work on its thread, for every test of the module. Left alone, it takes in what all later
 * tests append and commit, and these fail, or wait for ever, instead of the one that left it.
 */
public class NoUnitOfWorkIsLeft implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext test) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        check();
    }

    private static void check() {
        List<String> left = new ArrayList<>();
        while (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
            left.add(unitOfWork.phase() + " of " + unitOfWork.getMessage());
            CurrentUnitOfWork.clear(unitOfWork);
        }
        assertThat(left).as("units of work left on the thread").isEmpty();
    }
}
