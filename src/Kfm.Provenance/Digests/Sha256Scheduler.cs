using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kfm.Provenance.Digests;

/// <summary>Feeds the lanes: each takes the next message as soon as it is done with its own, so that lengths may differ.</summary>
internal ref struct Sha256Scheduler<TLanes, TVector>
    where TLanes : struct, ISha256Lanes<TVector>
    where TVector : unmanaged
{
    private const int BlockSize = 64;
    private const int LengthSize = 8;
    private const int Idle = -1;

    private readonly Sha256Messages _messages;
    private readonly Span<byte> _hashes;
    private readonly Span<byte> _blocks;
    private readonly Span<uint> _state; // word by word, one of each lane
    private readonly Span<Lane> _lanes;
    private int _next;
    private int _active;

    private Sha256Scheduler(Sha256Messages messages, Span<byte> hashes, Span<byte> blocks, Span<TVector> state, Span<Lane> lanes)
    {
        _messages = messages;
        _hashes = hashes;
        _blocks = blocks;
        _state = MemoryMarshal.Cast<TVector, uint>(state);
        _lanes = lanes;
    }

    /// <summary>Hashes messages until fewer than <paramref name="fewest"/> are at work and none waits.</summary>
    public static void Hash(Sha256Messages messages, Span<byte> hashes, int fewest)
    {
        Span<byte> blocks = stackalloc byte[BlockSize * TLanes.Count];
        Span<TVector> state = stackalloc TVector[8];
        Span<TVector> words = stackalloc TVector[16];
        Span<Lane> lanes = stackalloc Lane[TLanes.Count];
        new Sha256Scheduler<TLanes, TVector>(messages, hashes, blocks, state, lanes).Run(state, words, fewest);
    }

    private void Run(Span<TVector> state, Span<TVector> words, int fewest)
    {
        _active = _lanes.Length;
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            Take(lane);
        }

        while (_active >= fewest)
        {
            for (var lane = 0; lane < _lanes.Length; lane++)
            {
                Fill(lane);
            }

            TLanes.Transpose(ref MemoryMarshal.GetReference(_blocks), ref MemoryMarshal.GetReference(words));
            Sha256Compression<TLanes, TVector>.Compress(state, words);
            for (var lane = 0; lane < _lanes.Length; lane++)
            {
                Advance(lane);
            }
        }

        FinishRest();
    }

    private void Take(int lane)
    {
        while (_next < _messages.Count && _messages[_next].Length > Sha256Messages.LongestInLanes)
        {
            _messages.HashOne(_next++, _hashes);
        }

        if (_next == _messages.Count)
        {
            _lanes[lane] = new Lane { Message = Idle };
            _active--;
            return;
        }

        var (start, length) = _messages[_next];
        _lanes[lane] = new Lane { Message = _next, Start = start, Length = length + _messages.Prefix.Length };
        _next++;
        for (var word = 0; word < 8; word++)
        {
            _state[(word * TLanes.Count) + lane] = Sha256Constants.Initial[word];
        }
    }

    // The lane's next block of prefix, message, the bit 1, zeros and the length in bits (FIPS 180-4 section 5.1.1).
    private readonly void Fill(int lane)
    {
        ref readonly var at = ref _lanes[lane];
        if (at.Message == Idle)
        {
            return;
        }

        var block = _blocks.Slice(BlockSize * lane, BlockSize);
        var left = at.Length - at.Done;
        var used = 0;
        if (at.Done == 0)
        {
            _messages.Prefix.CopyTo(block);
            used = _messages.Prefix.Length;
        }

        var from = at.Start + at.Done - (at.Done == 0 ? 0 : _messages.Prefix.Length);
        if (left >= BlockSize)
        {
            _messages.Data.Slice(from, BlockSize - used).CopyTo(block[used..]);
            return;
        }

        block[Math.Max(left, used)..].Clear();
        if (left > used)
        {
            _messages.Data.Slice(from, left - used).CopyTo(block[used..]);
        }

        if (left >= 0)
        {
            block[left] = 0x80;
        }

        if (left < BlockSize - LengthSize)
        {
            BinaryPrimitives.WriteUInt64BigEndian(block[^LengthSize..], (ulong)at.Length * 8);
        }
    }

    private void Advance(int lane)
    {
        ref var at = ref _lanes[lane];
        if (at.Message == Idle)
        {
            return;
        }

        at.Done += BlockSize;
        if (at.Done < at.Length + 1 + LengthSize)
        {
            return;
        }

        var hash = _hashes.Slice(SHA256.HashSizeInBytes * at.Message, SHA256.HashSizeInBytes);
        for (var word = 0; word < 8; word++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(4 * word)..], _state[(word * TLanes.Count) + lane]);
        }

        Take(lane);
    }

    // Few messages are faster one by one; those that were begun start again.
    private readonly void FinishRest()
    {
        foreach (var lane in _lanes)
        {
            if (lane.Message != Idle)
            {
                _messages.HashOne(lane.Message, _hashes);
            }
        }
    }

    private struct Lane
    {
        public int Message;
        public int Start;
        public int Length; // with the prefix
        public int Done;   // bytes of it in blocks that were taken, padding included
    }
}
