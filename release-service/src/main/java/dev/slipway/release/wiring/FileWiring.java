package dev.slipway.release.wiring;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.release.files.FileSettings;
import dev.slipway.release.files.MongoFiles;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.LargerBodies;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

/** Files that stand with answers, and what looks for those that nobody needs any more. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileSettings.class)
class FileWiring {
    @Bean
    MongoFiles files(MongoOperations mongo, FileSettings settings, InstantSource clock, MeterRegistry meters) {
        MongoFiles files = new MongoFiles(mongo, settings.chunkBytes(), settings.bytesMax(), clock);
        meters.gauge("slipway.files.bytes", files, MongoFiles::bytesKept);
        return files;
    }

    @Bean
    FileSweep fileSweep(
            Recipe recipe,
            MongoFiles files,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            FileSettings settings,
            InstantSource clock) {
        FileSweep sweep = new FileSweep(files, releases, keepings, settings, clock);
        recipe.repeatedly("files", settings.every(), () -> {
            sweep.look();
            files.measure();
        });
        return sweep;
    }

    @Bean
    LargerBodies filesOfAnswers(FileSettings settings) {
        return LargerBodies.ofFiles(settings.fileBytesMax().toBytes(), "slipway.release.files.file-bytes-max");
    }
}
