/*
 * Reads a trace of the code for the checker: one step a line, "number a b", anything behind it is
 * for people. The file is named by CATAMARAN_TRACE. Says how far the model could follow it.
 */
#include <stdio.h>
#include <stdlib.h>

#define TRACE_MAX 1024

static int furthest;

static void load_trace(unsigned char *l, unsigned char *a, unsigned char *b, short *n)
{
    const char *path = getenv("CATAMARAN_TRACE");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[256];
    int x, y, z;

    if (!file) {
        fprintf(stderr, "trace: CATAMARAN_TRACE names no file that can be read\n");
        exit(2);
    }
    *n = 0;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%d %d %d", &x, &y, &z) != 3 || *n == TRACE_MAX) {
            fprintf(stderr, "trace: line %d is no step, or one too many\n", *n + 1);
            exit(2);
        }
        l[*n] = x;
        a[*n] = y;
        b[*n] = z;
        (*n)++;
    }
    fclose(file);
}

static void followed(int pos)
{
    if (pos > furthest) {
        furthest = pos;
        printf("trace: followed %d\n", pos);
    }
}

static void arrived(void)
{
    printf("trace: followed to its end\n");
    exit(0);
}
