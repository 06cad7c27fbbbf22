/* The push of full orbits as a plasma physicist would write it in C for one core: relativistic Higuera-Cary, structure of arrays,
 * double precision, the field looked up in a pass of its own, drift and kick in another; the same formulas and the same work as
 * the engine's, block by block.
 *   gcc -O3 -msse4.2 -ffast-math orbit_reference.c -o orbit_reference -lm              (the same vector width)
 *   gcc -O3 -march=native -ffast-math orbit_reference.c -o orbit_reference_native -lm  (what the machine has)
 *   ./orbit_reference field(0 uniform, 1 bottle, 2 dipole) blocks steps dt turn k
 * Kernel units as in the engine: u = gamma v/c, lengths in one unit, times in it over c. Prints million particle-steps per
 * second, the mean of the final x and of |z|, and the largest relative change of u^2. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#define LANES 1024
#define TILE 128

static double x[LANES], y[LANES], z[LANES], ux[LANES], uy[LANES], uz[LANES], inverse_gamma[LANES];
static double half_turn[LANES], drift_time[LANES], bx[LANES], by[LANES], bz[LANES], u2_start[LANES];

static void look(int kind, double k, int first) {
  if (kind == 0)
    for (int i = first; i < first + TILE; i++) { bx[i] = 0; by[i] = 0; bz[i] = 1; }
  else if (kind == 1)
    for (int i = first; i < first + TILE; i++) {
      double kz = -k * z[i];
      bx[i] = kz * x[i];
      by[i] = kz * y[i];
      bz[i] = 1 + k * (z[i] * z[i] - 0.5 * (x[i] * x[i] + y[i] * y[i]));
    }
  else
    for (int i = first; i < first + TILE; i++) {
      double z2 = z[i] * z[i], r2 = x[i] * x[i] + y[i] * y[i] + z2, a = k / (r2 * r2 * sqrt(r2)), b = 3 * a * z[i];
      bx[i] = b * x[i];
      by[i] = b * y[i];
      bz[i] = a * (3 * z2 - r2);
    }
}

static void push(int first) {
  for (int i = first; i < first + TILE; i++) {
    double tx = half_turn[i] * bx[i], ty = half_turn[i] * by[i], tz = half_turn[i] * bz[i];
    double t2 = tx * tx + ty * ty + tz * tz, gamma2 = 1 + ux[i] * ux[i] + uy[i] * uy[i] + uz[i] * uz[i];
    double along = ux[i] * tx + uy[i] * ty + uz[i] * tz, s = gamma2 - t2;
    double g2 = 0.5 * (s + sqrt(s * s + 4 * (t2 + along * along))), g = sqrt(g2), f = 2 / (g2 + t2);
    double cx = uy[i] * tz - uz[i] * ty, cy = uz[i] * tx - ux[i] * tz, cz = ux[i] * ty - uy[i] * tx;
    double vx = ux[i] + f * (g * cx + (cy * tz - cz * ty));
    double vy = uy[i] + f * (g * cy + (cz * tx - cx * tz));
    double vz = uz[i] + f * (g * cz + (cx * ty - cy * tx));
    double path = drift_time[i] * inverse_gamma[i];
    ux[i] = vx; uy[i] = vy; uz[i] = vz;
    x[i] += path * vx; y[i] += path * vy; z[i] += path * vz;
  }
}

static void drift(int first) {
  for (int i = first; i < first + TILE; i++) {
    double path = drift_time[i] * inverse_gamma[i];
    x[i] += path * ux[i]; y[i] += path * uy[i]; z[i] += path * uz[i];
  }
}

int main(int argc, char **argv) {
  if (argc < 7) return 2;
  int kind = atoi(argv[1]), blocks = atoi(argv[2]), steps = atoi(argv[3]);
  double dt = atof(argv[4]), turn = atof(argv[5]), k = atof(argv[6]);
  for (int repeat = 0; repeat < 2; repeat++) {
    double seconds = 0, sum_x = 0, sum_z = 0, worst = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < LANES; i++) {
        double p = 0.001 * (block * LANES + i);
        x[i] = kind == 2 ? 1 + 0.1 * sin(p) : 0.1 * sin(p); y[i] = 0; z[i] = 0.01;
        ux[i] = 0.05 * cos(p); uy[i] = 0.05 * sin(p); uz[i] = 0.02;
        u2_start[i] = ux[i] * ux[i] + uy[i] * uy[i] + uz[i] * uz[i];
        inverse_gamma[i] = 1 / sqrt(1 + u2_start[i]);
        half_turn[i] = 0.5 * turn * dt;
      }
      struct timespec a, b;
      clock_gettime(CLOCK_MONOTONIC, &a);
      for (int first = 0; first < LANES; first += TILE) {
        for (int i = first; i < first + TILE; i++) drift_time[i] = 0.5 * dt;
        drift(first);
        for (int i = first; i < first + TILE; i++) drift_time[i] = dt;
        for (int j = 0; j < steps; j++) {
          if (j == steps - 1) for (int i = first; i < first + TILE; i++) drift_time[i] = 0.5 * dt;
          look(kind, k, first);
          push(first);
        }
      }
      clock_gettime(CLOCK_MONOTONIC, &b);
      seconds += (b.tv_sec - a.tv_sec) + 1e-9 * (b.tv_nsec - a.tv_nsec);
      for (int i = 0; i < LANES; i++) {
        double u2 = ux[i] * ux[i] + uy[i] * uy[i] + uz[i] * uz[i];
        sum_x += x[i]; sum_z += fabs(z[i]); worst = fmax(worst, fabs(u2 / u2_start[i] - 1));
      }
    }
    double n = (double)blocks * LANES;
    printf("%.2f Mstep/s  x=%.9f  z=%.9f  energy=%.2e\n", n * steps / seconds / 1e6, sum_x / n, sum_z / n, worst);
  }
  return 0;
}
