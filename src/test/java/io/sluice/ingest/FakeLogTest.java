package io.sluice.ingest;

class FakeLogTest extends MessageLogContract {
    private final FakeLog log = new FakeLog();

    @Override
    protected MessageLog log() {
        return log;
    }

    @Override
    protected void settle() {
        log.acknowledgeAll();
    }
}
