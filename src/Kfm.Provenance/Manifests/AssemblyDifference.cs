using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kfm.Provenance.Manifests;

/// <summary>Says why two .NET assemblies or portable pdbs differ (ECMA-335 II.25; PE/COFF, "Debug Directory").</summary>
internal sealed class AssemblyDifference(ExplainerScope scope)
{
    private const int MaxPdbBytes = 256 << 20;

    public IReadOnlyList<string> Explain(byte[] expected, byte[] actual)
    {
        try
        {
            if (expected.AsSpan().StartsWith("MZ"u8) && actual.AsSpan().StartsWith("MZ"u8))
            {
                using var left = new PEReader(ImmutableArray.Create(expected));
                using var right = new PEReader(ImmutableArray.Create(actual));
                return Images(left, right);
            }

            return expected.AsSpan().StartsWith("BSJB"u8) && actual.AsSpan().StartsWith("BSJB"u8) ? Pdbs(expected, actual) : [];
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or IOException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // What only looks like an assembly differs like any other file.
            return [];
        }
    }

    private List<string> Images(PEReader left, PEReader right)
    {
        var causes = new List<string>();
        if (left.HasMetadata && right.HasMetadata)
        {
            Metadata(causes, left.GetMetadataReader(), right.GetMetadataReader());
        }

        if (left.PEHeaders.CoffHeader.TimeDateStamp != right.PEHeaders.CoffHeader.TimeDateStamp)
        {
            causes.Add(IsDeterministic(left) && IsDeterministic(right) ? "deterministic time stamp" : "time stamp, the build is not deterministic");
        }

        DebugDirectory(causes, left, right);
        causes.AddRange(Sections(left, right));
        return causes;
    }

    private static void Metadata(List<string> causes, MetadataReader left, MetadataReader right)
    {
        if (left.GetGuid(left.GetModuleDefinition().Mvid) != right.GetGuid(right.GetModuleDefinition().Mvid))
        {
            causes.Add("MVID");
        }

        if (left.IsAssembly && right.IsAssembly && left.GetAssemblyDefinition().Version != right.GetAssemblyDefinition().Version)
        {
            causes.Add($"version {left.GetAssemblyDefinition().Version} expected, {right.GetAssemblyDefinition().Version} found");
        }

        var (types, others) = (left.TypeDefinitions.Select(t => Name(left, t)).ToList(), right.TypeDefinitions.Select(t => Name(right, t)).ToList());
        if (!types.SequenceEqual(others, StringComparer.Ordinal))
        {
            causes.Add(types.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? "order of the types" : "types");
        }
    }

    private static string Name(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    private static bool IsDeterministic(PEReader reader) => reader.ReadDebugDirectory().Any(d => d.Type == DebugDirectoryEntryType.Reproducible);

    private void DebugDirectory(List<string> causes, PEReader left, PEReader right)
    {
        if (CodeView(left) is { } one && CodeView(right) is { } other)
        {
            if (one.Guid != other.Guid)
            {
                causes.Add("pdb id");
            }

            if (one.Path != other.Path)
            {
                causes.Add("path of the pdb" + scope.Values(one.Path, other.Path));
            }
        }

        if (EmbeddedPdb(left) is { } leftPdb && EmbeddedPdb(right) is { } rightPdb)
        {
            using (leftPdb)
            using (rightPdb)
            {
                Documents(causes, leftPdb.GetMetadataReader(), rightPdb.GetMetadataReader());
            }
        }
    }

    private static CodeViewDebugDirectoryData? CodeView(PEReader reader) =>
        reader.ReadDebugDirectory().Where(d => d.Type == DebugDirectoryEntryType.CodeView).Select(d => (CodeViewDebugDirectoryData?)reader.ReadCodeViewDebugDirectoryData(d)).FirstOrDefault();

    // The size that it decompresses to is read before anything is allocated for it: "MPDB" and four bytes.
    private static MetadataReaderProvider? EmbeddedPdb(PEReader reader)
    {
        var entry = reader.ReadDebugDirectory().FirstOrDefault(d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        if (entry.DataSize < 8)
        {
            return null;
        }

        var size = BinaryPrimitives.ReadUInt32LittleEndian(reader.GetEntireImage().GetContent(entry.DataPointer, 8).AsSpan()[4..]);
        return size <= MaxPdbBytes ? reader.ReadEmbeddedPortablePdbDebugDirectoryData(entry) : null;
    }

    private List<string> Pdbs(byte[] expected, byte[] actual)
    {
        var causes = new List<string>();
        using var left = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(expected));
        using var right = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(actual));
        var (one, other) = (left.GetMetadataReader(), right.GetMetadataReader());
        if (one.DebugMetadataHeader is { } header && other.DebugMetadataHeader is { } otherHeader && !header.Id.SequenceEqual(otherHeader.Id))
        {
            causes.Add("pdb id");
        }

        Documents(causes, one, other);
        return causes;
    }

    // Source files by name and content: the two that a build takes from the machine that it runs on.
    private void Documents(List<string> causes, MetadataReader left, MetadataReader right)
    {
        var (one, other) = (left.Documents.Select(left.GetDocument).ToList(), right.Documents.Select(right.GetDocument).ToList());
        if (one.Count != other.Count)
        {
            causes.Add(FormattableString.Invariant($"{one.Count} source files expected, {other.Count} found"));
            return;
        }

        var (pathTold, contentTold) = (false, false);
        foreach (var (l, r) in one.Zip(other))
        {
            var (path, found) = (left.GetString(l.Name), right.GetString(r.Name));
            if (path != found && !pathTold)
            {
                causes.Add("source path" + scope.Values(path, found));
                pathTold = true;
            }
            else if (path == found && !contentTold && !left.GetBlobBytes(l.Hash).AsSpan().SequenceEqual(right.GetBlobBytes(r.Hash)))
            {
                causes.Add("content of a source file" + scope.Value(path));
                contentTold = true;
            }
        }
    }

    private static IEnumerable<string> Sections(PEReader left, PEReader right)
    {
        var there = right.PEHeaders.SectionHeaders.ToLookup(s => s.Name, StringComparer.Ordinal);
        var names = left.PEHeaders.SectionHeaders
            .Where(s => !there[s.Name].Any() || !left.GetSectionData(s.Name).GetContent().AsSpan().SequenceEqual(right.GetSectionData(s.Name).GetContent().AsSpan()))
            .Select(s => s.Name)
            .ToList();
        return names.Count > 0 ? [$"section {string.Join(", ", names)}"] : [];
    }
}
