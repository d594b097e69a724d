package example.hello;

/** The version of this build, by Semantic Versioning. */
final class Version {
    static final String CURRENT = "0.0.0";

    private Version() {}
}
