package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Measures the event intake beside a bare producer that writes the same to the same broker, round by round. */
public final class EventsBench {
    static final int AT_ONCE = 8;
    /** As in {@link TrafficBench}: so many times as long as the producer, piece by piece. */
    private static final int COMPILED_FIRST_TIMES = 5;

    /** What is compiled last pays off last: at least so many pieces, and at most so many. */
    private static final int WARM_UPS_MIN = 4;

    private static final int WARM_UPS_MAX = 16;
    /** An event that costs at least this part of what it cost in the piece before has not got much cheaper. */
    private static final double STANDS_STILL = 0.9;

    /** One such piece may be the compilers' own work: so many in a row are the end. */
    private static final int STILL_IN_A_ROW = 2;

    private static final int EVENT_BYTES_UNUSED = 0;

    private final TrafficBench.Settings settings;
    private final Consumer<String> told;

    private record Round(Tally produced, Tally taken, OptionalDouble millis) {}

    public EventsBench(TrafficBench.Settings settings, Consumer<String> told) {
        this.settings = settings;
        this.told = told;
    }

    public EventsReport run(RunningSplit.Starter starter) {
        try (Child services = Child.start(VersionMain.class);
                Asker producer = new Asker();
                Asker asker = new Asker();
                RunningSplit split = starter.start(Integer.parseInt(services.ready()))) {
            Order taken = Order.of(Work.PUBLISH, EVENT_BYTES_UNUSED, AT_ONCE, split.api())
                    .as(split.publishers(AT_ONCE));
            Target broker = new Target("broker", split.kafka(), split.kafka(), "", 0);
            Order produced = Order.of(Work.PRODUCE, EVENT_BYTES_UNUSED, AT_ONCE, broker);
            told.accept("warming up");
            long warmUp = settings.warmUpMillis();
            producer.run(produced.lasting(0, warmUp));
            warmUp(split, asker, taken.lasting(0, warmUp * COMPILED_FIRST_TIMES));
            List<Round> rounds = new ArrayList<>();
            for (int round = 1; round <= settings.rounds(); round++) {
                told.accept("round %d of %d".formatted(round, settings.rounds()));
                rounds.add(round(split, producer, produced, asker, taken));
            }
            return report(rounds);
        }
    }

    /** Until an event no longer gets cheaper: compilers work beside the first tens of thousands. */
    private static void warmUp(RunningSplit split, Asker asker, Order taken) {
        double before = Double.MAX_VALUE;
        int still = 0;
        for (int piece = 1; piece <= WARM_UPS_MAX && (piece <= WARM_UPS_MIN || still < STILL_IN_A_ROW); piece++) {
            double now = taken(split, asker, taken).millis().orElse(0);
            still = now >= STANDS_STILL * before ? still + 1 : 0;
            before = now;
        }
    }

    /** Events that were taken in, and the gateway's processor time for each. */
    private record Taken(Tally tally, OptionalDouble millis) {}

    private static Taken taken(RunningSplit split, Asker asker, Order order) {
        OptionalDouble before = ProcessFigures.processorSeconds(split.api().pid());
        Tally events = asker.run(order);
        OptionalDouble after = ProcessFigures.processorSeconds(split.api().pid());
        OptionalDouble millis = before.isEmpty() || after.isEmpty() || events.all() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((after.getAsDouble() - before.getAsDouble()) * 1e3 / events.all());
        return new Taken(events, millis);
    }

    private Round round(RunningSplit split, Asker producer, Order produced, Asker asker, Order taken) {
        Tally records =
                Asker.untilSomethingIsSeen(produced.lasting(0, settings.millis()), producer::run, Function.identity());
        Taken events = Asker.untilSomethingIsSeen(
                taken.lasting(0, settings.millis()), order -> taken(split, asker, order), Taken::tally);
        return new Round(records, events.tally(), events.millis());
    }

    private EventsReport report(List<Round> rounds) {
        List<Double> events = each(rounds, round -> round.taken().perSecond());
        List<Double> records = each(rounds, round -> round.produced().perSecond());
        Double ratio = Comparing.ratio(events, records);
        Double millis = rounds.stream().allMatch(round -> round.millis().isPresent())
                ? Double.valueOf(
                        Comparing.median(each(rounds, round -> round.millis().getAsDouble())))
                : null;
        return new EventsReport(
                Runtime.getRuntime().availableProcessors(),
                settings.rounds(),
                settings.seconds(),
                Comparing.median(events),
                Comparing.median(records),
                ratio,
                millis,
                Comparing.median(each(rounds, round -> round.taken().p50Micros())) / 1_000,
                Comparing.median(each(rounds, round -> round.taken().p99Micros())) / 1_000,
                rounds.stream().mapToLong(EventsBench::bad).sum(),
                rounds.stream()
                        .map(round -> round.taken().example() + round.produced().example())
                        .filter(example -> !example.isEmpty())
                        .findFirst()
                        .orElse(""),
                List.of(
                        new Goal("events a second of the bare producer's records", ratio, true, 0.25),
                        new Goal("ms of the gateway's processor time an event", millis, false, 0.25)));
    }

    private static long bad(Round round) {
        Tally taken = round.taken();
        return taken.failed()
                + taken.wrong()
                + taken.refused()
                + round.produced().failed();
    }

    private static List<Double> each(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().map(figure::applyAsDouble).toList();
    }
}
