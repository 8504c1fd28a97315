package local.nativeimage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the code of a method names: classes with slashes, and methods. */
class MethodCode extends MethodVisitor {

    private final int access;

    /** Called as they are: static ones, constructors, those of the superclass. */
    final List<Method> direct = new ArrayList<>();

    /** Called on whatever class the object has. */
    final List<Method> virtual = new ArrayList<>();

    final Set<String> created = new LinkedHashSet<>();

    /** All classes that are named, other than as the owner of a method. */
    final Set<String> types = new LinkedHashSet<>();

    /** Classes as values. */
    final Set<String> constants = new LinkedHashSet<>();

    MethodCode(int access) {
        super(Opcodes.ASM9);
        this.access = access;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        types.add(type);
        if (opcode == Opcodes.NEW) {
            created.add(type);
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        types.add(owner);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (!owner.startsWith("[")) {
            boolean dispatched = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
            (dispatched ? virtual : direct).add(new Method(owner, name, descriptor));
        }
    }

    /** A lambda's method, or the one that a reference names, is taken as called where it is made. */
    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
                Method method = new Method(handle.getOwner(), handle.getName(), handle.getDesc());
                boolean dispatched =
                        handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
                (dispatched ? virtual : direct).add(method);
                if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                    created.add(handle.getOwner());
                }
            }
        }
    }

    @Override
    public void visitLdcInsn(Object value) {
        if (value instanceof Type type && type.getSort() == Type.OBJECT) {
            types.add(type.getInternalName());
            constants.add(type.getInternalName());
        }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        if (type != null) {
            types.add(type);
        }
    }
}
