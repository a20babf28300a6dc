package org.witan.validator.consensus.liars;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many objects of ours something holds on to, however far; collections are looked into. */
final class Weight {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();

    private Weight() {}

    static int of(Object root) {
        return held(root).size();
    }

    /** How many bytes there are in the arrays among them. */
    static long ofBytes(Object root) {
        return held(root).stream()
                .mapToLong(object -> object instanceof byte[] array ? array.length : 0)
                .sum();
    }

    private static Set<Object> held(Object root) {
        Weight weight = new Weight();
        weight.push(root);
        while (!weight.left.isEmpty()) {
            weight.open(weight.left.pop());
        }
        return weight.seen;
    }

    private void push(@Nullable Object object) {
        if (object != null && !(object instanceof Enum<?>) && seen.add(object)) {
            left.push(object);
        }
    }

    private void open(Object object) {
        switch (object) {
            case Collection<?> many -> many.forEach(this::push);
            case Map<?, ?> map -> {
                map.keySet().forEach(this::push);
                map.values().forEach(this::push);
            }
            case Optional<?> maybe -> maybe.ifPresent(this::push);
            default -> fields(object.getClass()).forEach(field -> push(value(field, object)));
        }
    }

    private static Stream<Field> fields(Class<?> type) {
        if (!type.getName().startsWith("org.witan") || type.isHidden()) {
            return Stream.of();
        }
        return Stream.concat(
                Arrays.stream(type.getDeclaredFields())
                        .filter(f -> !Modifier.isStatic(f.getModifiers()))
                        .filter(f -> !f.getType().isPrimitive())
                        .filter(AccessibleObject::trySetAccessible),
                fields(type.getSuperclass()));
    }

    private static @Nullable Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
