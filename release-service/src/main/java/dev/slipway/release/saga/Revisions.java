package dev.slipway.release.saga;

import java.io.IOException;

/** The source repository, as far as a release needs it. Both may be called again after a crash, with the same result. */
public interface Revisions {
    /**
     * Who made the change.
     *
     * @return {@link ReleaseInput.RevisionRead}, or {@link ReleaseInput.RevisionRefused} where the revision is not there or
     *     not all of its authors can be told
     * @throws IOException if the repository cannot be read now; a retry may help
     */
    ReleaseInput read(Work.ReadRevision read) throws IOException;

    /**
     * Merges the released revision into the target branch and tags it. What is there already is success.
     *
     * @return {@link ReleaseInput.Merged}, or {@link ReleaseInput.MergeRefused} where a person has to look
     * @throws IOException if the repository cannot be read or written now; a retry may help
     */
    ReleaseInput merge(Work.MergeRevision merge) throws IOException;
}
