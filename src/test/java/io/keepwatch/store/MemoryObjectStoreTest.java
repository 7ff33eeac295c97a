package io.keepwatch.store;

class MemoryObjectStoreTest implements ObjectStoreContract, ComposeContract {
    private final RequestLedger ledger = new RequestLedger();
    private final ObjectStore store = new MemoryObjectStore(ledger);

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public RequestLedger ledger() {
        return ledger;
    }
}
