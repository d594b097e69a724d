package dev.slipway.validation.evidence;

/**
 * By which a test is known within its suite. There are very many of them, so that neither a text is put together for each nor
 * its class kept twice.
 *
 * @param file and
 * @param className empty where the report does not say it
 */
record TestKey(String file, String className, String name) {
    private static final int PRIME = 31;

    /** The key of a test that stands behind this one, which mostly is of the same class. */
    TestKey next(String nextFile, String nextClass, String nextName) {
        return new TestKey(
                nextFile.equals(file) ? file : nextFile, nextClass.equals(className) ? className : nextClass, nextName);
    }

    /** Whether nothing of it was replaced, so that two of them are told apart. */
    boolean isSure() {
        return isSure(name) && isSure(className) && isSure(file);
    }

    private static boolean isSure(String text) {
        return text.indexOf(LegalXml.REPLACEMENT) < 0;
    }

    /** What people call the test. */
    String called() {
        return (file.isEmpty() ? "" : file + ": ") + (className.isEmpty() ? "" : className + ".") + name;
    }

    @Override
    public int hashCode() {
        return (file.hashCode() * PRIME + className.hashCode()) * PRIME + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestKey key
                && name.equals(key.name)
                && className.equals(key.className)
                && file.equals(key.file);
    }
}
