using System.Numerics;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A set of slots of one frame.</summary>
internal sealed class SlotSet
{
    private ulong[] _words = [];

    internal bool IsEmpty => Count(_words) == 0;

    internal void Add(int slot)
    {
        Grow((slot / 64) + 1);
        _words[slot / 64] |= 1UL << (slot % 64);
    }

    internal void Add(SlotSet other)
    {
        Grow(other._words.Length);
        for (var i = 0; i < other._words.Length; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    internal void Remove(SlotSet other)
    {
        for (var i = 0; i < Math.Min(_words.Length, other._words.Length); i++)
        {
            _words[i] &= ~other._words[i];
        }
    }

    internal bool IsWithin(SlotSet other) => Common(other) == Count(_words);

    internal bool Overlaps(SlotSet other) => Common(other) > 0;

    private static int Count(ulong[] words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private int Common(SlotSet other)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(_words.Length, other._words.Length); i++)
        {
            count += BitOperations.PopCount(_words[i] & other._words[i]);
        }

        return count;
    }

    private void Grow(int words)
    {
        if (_words.Length < words)
        {
            Array.Resize(ref _words, words);
        }
    }
}
