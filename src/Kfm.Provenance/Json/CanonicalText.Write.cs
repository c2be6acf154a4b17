using System.Buffers;
using System.Security.Cryptography;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Json;

/// <summary>The pieces in their order.</summary>
internal ref partial struct CanonicalText
{
    private const int ChunkSize = 16 * 1024;

    /// <summary>Writes the canonical form.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public readonly void Write(Span<byte> destination)
    {
        if (_sliceCount == 1)
        {
            Whole.CopyTo(destination);
            return;
        }

        var at = 0;
        for (var i = _slices[0].Next; i != 0; i = _slices[i].Next)
        {
            ref readonly var slice = ref _slices[i];
            if (slice.Comma)
            {
                destination[at++] = (byte)',';
            }

            Bytes(slice).CopyTo(destination[at..]);
            at += slice.Length;
        }
    }

    /// <summary>Writes the canonical form piece by piece.</summary>
    public readonly void Write(IBufferWriter<byte> output)
    {
        if (_sliceCount == 1)
        {
            output.Write(Whole);
            return;
        }

        for (var i = _slices[0].Next; i != 0; i = _slices[i].Next)
        {
            if (_slices[i].Comma)
            {
                output.Write(","u8);
            }

            output.Write(Bytes(_slices[i]));
        }
    }

    /// <summary>The SHA-256 of the canonical form, without a copy of the whole.</summary>
    public readonly Digest Hash()
    {
        if (_sliceCount == 1)
        {
            return Digest.Of(Whole);
        }

        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            if (Length <= ChunkSize)
            {
                Write(chunk);
                return Digest.Of(chunk.AsSpan(0, Length));
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            AppendTo(hash, chunk.AsSpan(0, ChunkSize));
            Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
            hash.GetHashAndReset(bytes);
            return Digest.FromBytes(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    // Small pieces are collected, large ones go by themselves.
    private readonly void AppendTo(IncrementalHash hash, Span<byte> chunk)
    {
        var at = 0;
        for (var i = _slices[0].Next; i != 0; i = _slices[i].Next)
        {
            ref readonly var slice = ref _slices[i];
            if (slice.Length >= chunk.Length - at)
            {
                hash.AppendData(chunk[..at]);
                at = 0;
            }

            if (slice.Comma)
            {
                chunk[at++] = (byte)',';
            }

            var bytes = Bytes(slice);
            if (bytes.Length < chunk.Length - at)
            {
                bytes.CopyTo(chunk[at..]);
                at += bytes.Length;
                continue;
            }

            hash.AppendData(chunk[..at]);
            hash.AppendData(bytes);
            at = 0;
        }

        hash.AppendData(chunk[..at]);
    }

    private readonly ReadOnlySpan<byte> Whole => _source.Slice(_run, Length);

    private readonly ReadOnlySpan<byte> Bytes(in TextSlice slice) =>
        slice.Side ? _side.AsSpan(slice.Start, slice.Length) : _source.Slice(slice.Start, slice.Length);

    // What was read since the last piece becomes one.
    private void EndRun(int end)
    {
        if (_run < end)
        {
            AddSlice(new TextSlice { Start = _run, Length = end - _run });
        }
    }

    private void AddSlice(TextSlice slice)
    {
        if (_sliceCount == _slices.Length)
        {
            Grow(ref _slices, _sliceCount, _sliceCount + 1);
        }

        _slices[_sliceCount] = slice;
        _slices[_tail].Next = _sliceCount;
        _tail = _sliceCount++;
    }
}
