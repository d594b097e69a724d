package dev.slipway.release.wiring;

import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Signer;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who signs, and whose signatures are handed out with a proof. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProofSettings.class)
public class ProofWiring {
    /** The folder of keys, where there is one. */
    public record ProofKeyFolder(Optional<KeyFolder> folder) {
        /** Signs with it, or not at all. */
        Signer signer() {
            return folder.<Signer>map(keys -> keys).orElse((_, _, _) -> null);
        }
    }

    @Bean
    ProofKeyFolder proofKeyFolder(ProofSettings settings) {
        return new ProofKeyFolder(
                settings.keys().isEmpty() ? Optional.empty() : Optional.of(new KeyFolder(Path.of(settings.keys()))));
    }
}
