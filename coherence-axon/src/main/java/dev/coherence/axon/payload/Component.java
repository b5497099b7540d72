package dev.coherence.axon.payload;

import java.lang.reflect.AccessibleObject;

/**
 * A named part of a class: a record component, a field, or an annotated method that belongs to no field. Immutable.
 *
 * @param owner the class whose part it is; it may be declared in one of its super types
 * @param name its name
 * @param type its type, as seen from the owner
 * @param marks its annotations
 * @param source the field or method to read it from
 */
record Component(Class<?> owner, String name, ResolvedType type, Marks marks, AccessibleObject source) {

    /** As messages name it. */
    String place() {
        return owner.getTypeName() + "." + name;
    }
}
