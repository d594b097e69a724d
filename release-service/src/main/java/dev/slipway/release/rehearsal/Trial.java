package dev.slipway.release.rehearsal;

import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Work;
import java.io.IOException;

/** Git, as far as it knows before a release whether a revision could be released. */
public interface Trial {
    /**
     * Looks as it is looked at a release's beginning, and changes nothing.
     *
     * @return {@link ReleaseInput.RevisionRead}, or {@link ReleaseInput.RevisionRefused} with what is in the way
     * @throws IOException if Git could not be asked, or not answer; another attempt may help
     */
    ReleaseInput read(Work.ReadRevision read) throws IOException;
}
