package dev.slipway.release.files;

import java.time.Instant;

final class MemoryFilesTest implements FileBytesContract {
    private Instant now = AT;
    private final MemoryFiles files = new MemoryFiles(40, () -> now);

    @Override
    public FileBytes files() {
        return files;
    }

    @Override
    public void at(Instant later) {
        now = later;
    }

    @Override
    public long stored() {
        return files.stored();
    }
}
