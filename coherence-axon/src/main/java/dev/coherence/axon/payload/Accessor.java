package dev.coherence.axon.payload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one component of an object. Immutable. */
final class Accessor {

    private static final MethodType FROM_OBJECT_TO_OBJECT = MethodType.methodType(Object.class, Object.class);

    private final MethodHandle handle;
    private final String place;

    private Accessor(MethodHandle handle, String place) {
        this.handle = handle;
        this.place = place;
    }

    /** The way to read the component; empty, with a mistake, if its module keeps it closed. */
    static Optional<Accessor> of(Component component, Mistakes mistakes) {
        try {
            component.source().setAccessible(true);
            MethodHandle handle = handle(component.source()).asType(FROM_OBJECT_TO_OBJECT);
            return Optional.of(new Accessor(handle, component.place()));
        } catch (InaccessibleObjectException | SecurityException | IllegalAccessException e) {
            mistakes.add(
                    component.place(),
                    "cannot be read, because its module does not open the package; let the module open "
                            + component.owner().getPackageName());
            return Optional.empty();
        }
    }

    private static MethodHandle handle(AccessibleObject source) throws IllegalAccessException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        return source instanceof Field field ? lookup.unreflectGetter(field) : lookup.unreflect((Method) source);
    }

    /** What the component holds; the content of an {@link Optional}. */
    @Nullable
    Object read(Object owner) {
        return Content.of(invoke(owner));
    }

    private @Nullable Object invoke(Object owner) {
        try {
            return (Object) handle.invokeExact(owner);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(place + " failed: " + e, e);
        }
    }
}
