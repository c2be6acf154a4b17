using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Which types of the host and of the packages that it uses call what can open a socket, read from their code.</summary>
internal static class NetworkCalls
{
    private static readonly string[] Network =
        ["System.Net.Sockets", "System.Net.Http", "System.Net.Requests", "System.Net.Security", "System.Net.NameResolution", "System.Net.WebSockets.Client"];

    public static IEnumerable<(string Assembly, string Type)> OfHostAndLibraries()
    {
        var loaded = new Queue<Assembly>([typeof(BundleFiles).Assembly]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { typeof(BundleFiles).Assembly.GetName().Name! };
        while (loaded.TryDequeue(out var assembly))
        {
            foreach (var type in Of(assembly.Location))
            {
                yield return (assembly.GetName().Name!, type);
            }

            foreach (var reference in assembly.GetReferencedAssemblies().Where(r => r.Name!.StartsWith("Kfm.", StringComparison.Ordinal) && seen.Add(r.Name!)))
            {
                loaded.Enqueue(Assembly.Load(reference));
            }
        }
    }

    private static HashSet<string> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var calls = reader.MemberReferences.Where(m => IsNetwork(reader, reader.GetMemberReference(m).Parent)).Select(m => MetadataTokens.GetToken(m)).ToHashSet();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var methods = reader.GetTypeDefinition(handle).GetMethods().Select(reader.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0);
            if (methods.Any(m => Holds(file.GetMethodBody(m.RelativeVirtualAddress).GetILBytes()!, calls)))
            {
                types.Add(Outermost(reader, handle));
            }
        }

        return types;
    }

    // Any four bytes that are the token of such a call: it cannot miss one.
    private static bool Holds(byte[] code, HashSet<int> tokens)
    {
        for (var i = 0; i + 4 <= code.Length; i++)
        {
            if (code[i + 3] == 0x0a && tokens.Contains(BitConverter.ToInt32(code, i)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNetwork(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind != HandleKind.TypeReference)
        {
            return false;
        }

        var scope = reader.GetTypeReference((TypeReferenceHandle)parent).ResolutionScope;
        return scope.Kind == HandleKind.AssemblyReference
            && Network.Contains(reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name), StringComparer.Ordinal);
    }

    // A lambda or an async method stands in a type within the one that a reader knows.
    private static string Outermost(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        }

        return reader.GetString(type.Name);
    }
}
