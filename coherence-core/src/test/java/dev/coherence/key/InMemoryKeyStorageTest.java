package dev.coherence.key;

class InMemoryKeyStorageTest extends KeyStorageContract {

    @Override
    protected KeyStorage create() {
        return new InMemoryKeyStorage();
    }
}
