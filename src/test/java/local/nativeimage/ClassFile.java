package local.nativeimage;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A class as its file has it; names of classes are with slashes. */
final class ClassFile {

    private static final String TARGET = "Lcom/oracle/svm/core/annotate/TargetClass;";
    private static final String SUBSTITUTE = "Lcom/oracle/svm/core/annotate/Substitute;";

    final String name;

    /** The jar that it is from. */
    final String jar;

    final String superclass;
    final List<String> interfaces;

    /** By name and descriptor. */
    final Map<String, MethodCode> methods = new LinkedHashMap<>();

    final Set<String> subclasses = new HashSet<>();
    /** Of which class this has methods that take the place of its own, or null. */
    String substitutesIn;

    final Set<String> substitutes = new HashSet<>();

    ClassFile(byte[] bytes, String jar) {
        ClassReader reader = new ClassReader(bytes);
        this.name = reader.getClassName();
        this.jar = jar;
        this.superclass = reader.getSuperName();
        this.interfaces = List.of(reader.getInterfaces());
        reader.accept(new Members(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    private final class Members extends ClassVisitor {

        Members() {
            super(Opcodes.ASM9);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return descriptor.equals(TARGET) ? new Target() : null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String generic, String[] exceptions) {
            MethodCode code = new MethodCode(access) {
                @Override
                public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    if (annotation.equals(SUBSTITUTE)) {
                        substitutes.add(method + descriptor);
                    }
                    return null;
                }
            };
            methods.put(method + descriptor, code);
            return code;
        }
    }

    private final class Target extends AnnotationVisitor {

        Target() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(String key, Object value) {
            if (key.equals("value") && value instanceof Type type) {
                substitutesIn = type.getInternalName();
            } else if (key.equals("className")) {
                substitutesIn = ((String) value).replace('.', '/');
            }
        }
    }
}
