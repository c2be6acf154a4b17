using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kfm.Gates.Architecture;

/// <summary>What an assembly uses of others, by its metadata (ECMA-335 II.22: AssemblyRef, TypeRef). No code of it is loaded.</summary>
public static class AssemblyReferences
{
    private const int MaxBytes = 128 << 20;
    private const int MaxReferences = 500_000;
    private const int MaxNesting = 64;

    /// <summary>Reads the references of an assembly: each assembly and each type of another assembly that it names, once.</summary>
    /// <param name="name">The path of the file, for the places and for errors.</param>
    /// <param name="image">The file, at most 128 MiB.</param>
    /// <returns>The references, ordinal; empty for a PE image without metadata, which is no assembly.</returns>
    /// <exception cref="AssemblyFormatException">The file is damaged or beyond a limit.</exception>
    public static IReadOnlyList<CodeReference> Read(string name, byte[] image)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        if (image.Length > MaxBytes)
        {
            throw new AssemblyFormatException(name, $"an assembly has at most {MaxBytes} bytes");
        }

        try
        {
            using var pe = new PEReader(ImmutableArray.Create(image));
            return pe.HasMetadata ? Read(name, pe.GetMetadataReader()) : [];
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or IOException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new AssemblyFormatException(name, "the file is no .NET assembly or is damaged: " + e.Message, e);
        }
    }

    private static CodeReference[] Read(string name, MetadataReader metadata)
    {
        if (metadata.TypeReferences.Count + metadata.AssemblyReferences.Count > MaxReferences)
        {
            throw new AssemblyFormatException(name, $"an assembly has at most {MaxReferences} references");
        }

        var from = metadata.IsAssembly ? metadata.GetString(metadata.GetAssemblyDefinition().Name) : metadata.GetString(metadata.GetModuleDefinition().Name);
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.AssemblyReferences)
        {
            used.Add(metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        }

        foreach (var handle in metadata.TypeReferences)
        {
            used.Add(NameOf(name, metadata, handle));
        }

        return [.. used.Select(to => new CodeReference(from, to, name))];
    }

    private static string NameOf(string file, MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var text = metadata.GetString(type.Name);
        for (var depth = 0; type.ResolutionScope.Kind == HandleKind.TypeReference; depth++)
        {
            if (depth == MaxNesting)
            {
                throw new AssemblyFormatException(file, $"a type is nested deeper than {MaxNesting} levels");
            }

            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            text = metadata.GetString(type.Name) + "." + text;
        }

        var space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? text : $"{space}.{text}";
    }
}
