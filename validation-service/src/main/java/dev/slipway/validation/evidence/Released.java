package dev.slipway.validation.evidence;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Sha;
import java.util.List;
import java.util.Optional;

/**
 * What is released, as evidence over artifacts has to speak of it.
 *
 * @param sha of the commit
 * @param artifacts all of them, and nothing else
 */
public record Released(Sha sha, List<Artifact> artifacts) {
    public Released {
        artifacts = List.copyOf(artifacts);
    }

    /** The one with such a digest, in hexadecimal digits. */
    public Optional<Artifact> digested(String hex) {
        return artifacts.stream()
                .filter(artifact -> artifact.digest().hex().equals(hex))
                .findFirst();
    }
}
