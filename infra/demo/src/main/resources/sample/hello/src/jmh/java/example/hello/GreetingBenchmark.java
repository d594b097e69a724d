package example.hello;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a hundred greetings of {@code x} take, from the query to the JSON. Single shots of a tenth of a millisecond:
 * nearly all of them end before a busy machine turns to somebody else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 100, batchSize = 100)
@Measurement(iterations = 100, batchSize = 100)
public class GreetingBenchmark {
    private final Greetings greetings = new Greetings();

    @Benchmark
    public String greet() {
        return greetings.answerTo(Name.fromQuery("lang=en&name=x"));
    }
}
