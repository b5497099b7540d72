package dev.coherence.benchmarks.scenario;

import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.benchmarks.measure.Contestant;

/** Sends commands of one case to one aged book, one after another. Restores the book after each, while no time is taken. */
final class AgedBookSide implements Contestant {

    private final GrowthCase commands;
    private final AgedBook book;
    private final int commandsPerSlice;

    AgedBookSide(GrowthCase commands, AgedBook book, int commandsPerSlice) {
        this.commands = commands;
        this.book = book;
        this.commandsPerSlice = commandsPerSlice;
    }

    GrowthCase commands() {
        return commands;
    }

    /** What this is the measurement of. */
    String description() {
        return "%s, %,d events".formatted(commands.description(), book.history());
    }

    @Override
    public double measureSlice() {
        long nanos = 0;
        for (int i = 0; i < commandsPerSlice; i++) {
            long begin = System.nanoTime();
            send();
            nanos += System.nanoTime() - begin;
            book.restore();
        }
        return nanos / 1e6 / commandsPerSlice;
    }

    private void send() {
        if (commands == GrowthCase.DISPUTED) {
            sendInVain();
        } else {
            book.send(commands.command(book));
        }
    }

    private void sendInVain() {
        try {
            book.send(commands.command(book));
        } catch (ConflictException e) {
            return;
        }
        throw new IllegalStateException("The command was to be refused");
    }
}
