package dev.slipway.cli.demo;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.demo.Person;
import java.util.List;

/** Who takes part in the demo: author, publisher and the two who approve are four people, known by four emails. */
final class SampleTeam {
    static final Person AUTHOR = new Person("Grace", "grace@example.test");
    static final Person PUBLISHER = new Person("hello's CI", "ci@example.test");
    static final List<Person> APPROVERS =
            List.of(new Person("Ada", "ada@example.test"), new Person("Ben", "ben@example.test"));
    static final Person ADMINISTRATOR = new Person("Administrator", "admin@example.test");

    /** A contact of the sample's policy, over one channel. */
    record Reached(String role, Channel channel) {}

    /** Who must hear of a failure, as the sample's policy says. */
    static final List<Reached> CONTACTS = List.of(
            new Reached("technical-lead", Channel.SLACK),
            new Reached("technical-lead", Channel.EMAIL),
            new Reached("devops", Channel.SLACK),
            new Reached("devops", Channel.EMAIL),
            new Reached("support", Channel.EMAIL));

    private SampleTeam() {}
}
