namespace FastScaling.PropertyTests;

/// <summary>Damages valid inputs: what is nearly right reaches deeper than what is random.</summary>
internal static class Damage
{
    private const int LongestPiece = 40;
    private const int MostRepeats = 300;

    /// <summary>One to six damages, at random places.</summary>
    /// <param name="input">A valid input, in bytes or characters.</param>
    /// <param name="words">What means something to the reader.</param>
    /// <param name="random">The source of chance; the same seed gives the same damage.</param>
    public static T[] Of<T>(T[] input, IReadOnlyList<T[]> words, Random random)
    {
        var text = new List<T>(input);
        for (var left = random.Next(1, 7); left > 0; left--)
        {
            One(text, words, random);
        }

        return [.. text];
    }

    private static void One<T>(List<T> text, IReadOnlyList<T[]> words, Random random)
    {
        var at = random.Next(text.Count + 1);
        var piece = text.GetRange(at, Math.Min(random.Next(LongestPiece), text.Count - at));
        var word = words[random.Next(words.Count)];
        switch (random.Next(8))
        {
            case 0 when at < text.Count:
                text[at] = word.Length > 0 ? word[random.Next(word.Length)] : text[^1];
                break;
            case 1:
                text.RemoveRange(at, piece.Count);
                break;
            case 2:
                text.InsertRange(at, word);
                break;
            case 3:
                text.InsertRange(random.Next(text.Count + 1), piece);
                break;
            case 4 when random.Next(10) == 0:
                // Deep, or long.
                var repeated = random.Next(2) == 0 ? piece : [.. word];
                for (var left = random.Next(MostRepeats); left > 0; left--)
                {
                    text.InsertRange(at, repeated);
                }

                break;
            case 5:
                text.RemoveRange(at, piece.Count);
                text.InsertRange(at, word);
                break;
            case 6 when random.Next(4) == 0:
                text.RemoveRange(at, text.Count - at);
                break;
            default:
                text.RemoveRange(at, piece.Count);
                text.InsertRange(random.Next(text.Count + 1), piece);
                break;
        }
    }
}
