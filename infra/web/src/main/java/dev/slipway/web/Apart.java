package dev.slipway.web;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a service whose own jars are not on the class path: {@code JARS MAIN}. So a cache of what is on the class path is made
 * with a real service, and holds for every other that shares it. ADR 6.
 */
public final class Apart {
    private Apart() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        for (String jar : List.of(arguments[0].split(File.pathSeparator))) {
            jars.add(Path.of(jar).toUri().toURL());
        }
        // It stays open for as long as the service runs.
        @SuppressWarnings("resource")
        ClassLoader loader = new URLClassLoader("apart", jars.toArray(URL[]::new), Apart.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException trouble) {
            throw new IllegalStateException(arguments[1] + " did not start", trouble.getCause());
        }
    }
}
