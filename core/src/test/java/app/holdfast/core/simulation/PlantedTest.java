package app.holdfast.core.simulation;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// One test method of an ordinary test class, carried out as JUnit does, on an engine with a bug in it: for classes
/// with one temporary folder, whose methods have no parameters.
final class PlantedTest {

    private final Class<?> type;
    private final Object test;

    /// @param type loaded with the engine that it is to be carried out on
    PlantedTest(Class<?> type, Path folder) throws ReflectiveOperationException {
        this.type = type;
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        this.test = constructor.newInstance();
        for (Class<?> part : parts()) {
            for (Field field : part.getDeclaredFields()) {
                if (field.isAnnotationPresent(TempDir.class)) {
                    field.setAccessible(true);
                    field.set(test, folder);
                }
            }
        }
    }

    /// @return what the method says against the engine; empty when it is content
    String complaint(String name) throws ReflectiveOperationException {
        Method method = Stream.of(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name)
                        && each.isAnnotationPresent(org.junit.jupiter.api.Test.class))
                .findFirst().orElseThrow(() -> new IllegalArgumentException(type + " has no test " + name));
        String complaint = outcome(annotated(BeforeEach.class));
        if (complaint.isEmpty()) {
            complaint = outcome(List.of(method));
        }
        return complaint + outcome(annotated(AfterEach.class));
    }

    /// The class and those above it, the highest first.
    private List<Class<?>> parts() {
        List<Class<?>> parts = new ArrayList<>();
        for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
            parts.addFirst(part);
        }
        return parts;
    }

    private List<Method> annotated(Class<? extends Annotation> annotation) {
        return parts().stream().flatMap(part -> Stream.of(part.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(annotation)).toList();
    }

    private String outcome(List<Method> methods) throws IllegalAccessException {
        try {
            for (Method method : methods) {
                method.setAccessible(true);
                method.invoke(test);
            }
            return "";
        } catch (InvocationTargetException e) {
            Throwable said = e.getCause();
            if (said instanceof LinkageError) {
                throw new IllegalStateException("the planted engine does not fit together", said);
            }
            return said.toString().strip().lines().limit(4).map(String::strip).reduce("", (a, b) -> a + " " + b)
                    .strip();
        }
    }

    /// A folder that does not outlive what is done in it.
    static Path makeFolder(Path scratch) {
        try {
            return Files.createTempDirectory(scratch, "planted");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
